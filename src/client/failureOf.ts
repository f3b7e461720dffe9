import { failures, type FailureCode } from '../contract/failures';
import { GateError } from '../contract/GateError';
import { parseRetryAfter } from '../contract/parseRetryAfter';
import { warnOnce } from './warnOnce';

/** Turns an answer that is not a record into a coded failure. */
export function failureOf(endpoint: string, method: 'GET' | 'POST', response: Response, body: unknown): GateError {
  const { status } = response;
  const code = codeOf(method, response, body);
  if (code === 'malformed') {
    warnOnce(
      `malformed ${endpoint}`,
      `the endpoint answered ${method} with ${status} ${response.headers.get('content-type') ?? 'and no content type'}, which is not the contract. ` +
        'Expected JSON: 200 {"withdrawer":{"verification":{"status":"approved"}}}, or 404 {} while there is no record. ' +
        'A page in place of JSON often means a login redirect or a wrong route.',
    );
  }
  if (code === 'misconfigured') {
    warnOnce(
      `misconfigured ${endpoint}`,
      `${method} to the endpoint was answered with ${status || 'a redirect'}. Check the \`endpoint\` prop: it must be the URL your KYC handler is mounted at, without a redirect, and accept GET and POST.`,
    );
  }
  const retryAt = status === 429 ? parseRetryAfter(response.headers.get('retry-after'), Date.now()) : undefined;
  return new GateError({
    code,
    message: `${method} was answered with ${status || 'a redirect'} (${code}).`,
    ...(status > 0 && { httpStatus: status }),
    ...(retryAt !== undefined && { retryAt }),
  });
}

/** Whether a failed POST certainly left the share token unused. */
export function isNotSent({ status }: Response, body: unknown): boolean {
  return [401, 403, 404, 405, 409, 413, 415, 422, 429].includes(status) || errorOf(body)?.notSent === true;
}

function codeOf(method: 'GET' | 'POST', { status, type }: Response, body: unknown): FailureCode {
  const named = errorOf(body)?.code;
  if (typeof named === 'string' && Object.hasOwn(failures, named) && failures[named as FailureCode].httpStatus === status) {
    return named as FailureCode;
  }
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return 'misconfigured';
  if (status < 300 || status === 451) return 'malformed';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rateLimited';
  if (status === 400 && method === 'POST') return 'tokenRefused';
  if (status === 409) return method === 'POST' ? 'noShareableVerification' : 'subjectMismatch';
  return status >= 500 ? 'server' : 'misconfigured';
}

function errorOf(body: unknown): { code?: unknown; notSent?: unknown } | undefined {
  const error = (body as { error?: unknown } | null | undefined)?.error;
  return typeof error === 'object' && error !== null ? error : undefined;
}
