import { explain } from '../contract/explain';
import { type FailureCode, failures } from '../contract/failures';
import { GateError } from '../contract/GateError';
import { parseRetryAfter } from '../contract/parseRetryAfter';
import { limitPauseMs } from '../gate/timing';
import { warnOnce } from './warnOnce';

/** Turns an answer that is not a record into a coded failure. @param request method and URL */
export function failureOf(request: string, response: Response, body: unknown): GateError {
  const { status, headers } = response;
  const isPost = request.startsWith('POST');
  const code = codeOf(isPost, response, body);
  const key = code === 'malformed' || code === 'misconfigured' ? code : 'answered';
  const answer = `${request} with ${status || 'a redirect'} ${headers.get('content-type') ?? ''}`;
  if (key !== 'answered') warnOnce(key, answer);
  const now = Date.now();
  // A backend that is down may name a time as well (RFC 9110 §10.2.3).
  const named = status === 429 || status >= 500 ? parseRetryAfter(headers.get('retry-after'), now) : undefined;
  const retryAt = named ?? (status === 429 && isPost ? now + limitPauseMs : undefined);
  return new GateError({
    code,
    message: explain(key, answer),
    httpStatus: status,
    ...(retryAt !== undefined && { retryAt }),
  });
}

/** Whether a failed POST certainly left the share token unused. */
export function isNotSent({ status }: Response, body: unknown): boolean {
  return [401, 403, 404, 405, 409, 413, 415, 422, 429].includes(status) || errorOf(body)?.notSent === true;
}

function codeOf(isPost: boolean, { status, type }: Response, body: unknown): FailureCode {
  const named = errorOf(body)?.code;
  if (isCode(named) && failures[named].httpStatus === status) return named;
  if (type === 'opaqueredirect') return 'misconfigured';
  if (status < 300 || status === 451) return 'malformed';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rateLimited';
  if (status === 400 && isPost) return 'tokenRefused';
  if (status === 409) return isPost ? 'noShareableVerification' : 'subjectMismatch';
  return status >= 500 ? 'server' : 'misconfigured';
}

/** A key is made of whatever is looked up, and not everything can be made one. */
function isCode(named: unknown): named is FailureCode {
  return typeof named === 'string' && Object.hasOwn(failures, named);
}

function errorOf(body: unknown): { code?: unknown; notSent?: unknown } | undefined {
  return (body as { error?: { code?: unknown; notSent?: unknown } } | null | undefined)?.error ?? undefined;
}
