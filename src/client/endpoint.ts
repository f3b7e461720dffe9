import { explain } from '../contract/explain';
import { type FailureCode, failures, GateError, type GateFailure } from '../contract/failures';
import { parseRetryAfter } from '../contract/limits';
import { parseAnswer, saysAbsent } from '../contract/record';
import type { BrowserToken } from '../contract/vendors';
import { limitPauseMs } from '../gate/registration';
import type { ReadAnswer } from '../gate/snapshot';
import { warnOnce } from './options';
import { ask, type Target } from './request';

/** An answer of Get Withdrawer. `record` is `null` if there is none yet. */
export type Told = Pick<ReadAnswer, 'record' | 'etag'>;

/**
 * GET: reads the record.
 *
 * @param before the endpoint's latest good answer
 * @param onUnheld lets the backend hold its answer until the record has changed; called if it doesn't hold answers
 * @throws {GateError} for every other answer, coded
 */
export async function readRecord(
  target: Target,
  signal?: AbortSignal,
  before?: Told,
  onUnheld?: () => void,
): Promise<Told> {
  const [response, body] = await ask(target, { ...(signal && { signal }), ...(onUnheld && { known: before?.etag }) });
  if (!response.headers.has('preference-applied')) onUnheld?.();
  // Backends that don't hold reads may still answer 304.
  if (response.status === 304 && onUnheld && before) return before;
  const record = parseAnswer(response.status, body);
  if (record !== undefined) return { record, ...etagOf(response) };
  throw failureOf('GET', target, response, body, before !== undefined);
}

function etagOf({ headers }: Response): Pick<Told, 'etag'> {
  const etag = headers.get('etag');
  return etag ? { etag } : {};
}

/** How a POST ended, as far as the token is concerned. */
export interface RegisterAnswer {
  readonly outcome: 'accepted' | 'notSent' | 'unknown' | 'refused';
  readonly failure?: GateFailure;
  readonly isSpent: boolean;
  /** What Get Withdrawer returned after the registration, if the backend asked it. Counts like an answer to a GET. */
  readonly confirmed?: Told;
}

/** POST: registers the share token. Never throws. @param token `undefined` if the backend mints it */
export async function register(target: Target, token: BrowserToken | undefined): Promise<RegisterAnswer> {
  let isSent = false;
  try {
    // Coinflow refuses a country with Persona, and a thin proxy passes on what it gets.
    const names = token?.vendor === 'persona' ? ['vendor', 'shareToken', 'email'] : null;
    const [response, body] = await ask(target, {
      body: JSON.stringify(token ?? {}, names),
      onSend: () => (isSent = true),
    });
    const { status, ok } = response;
    // 202 and 204 need no body. A 200 with an HTML page isn't from a KYC handler, and would be the same next time.
    const isPage = status === 200 && body === undefined;
    if ((ok && !isPage) || status === 451 || saysAbsent(status, body)) {
      const confirmed = (body as { confirmed?: unknown } | null)?.confirmed === true && parseAnswer(status, body);
      return {
        outcome: 'accepted',
        isSpent: true,
        ...(confirmed !== false &&
          confirmed !== undefined && { confirmed: { record: confirmed, ...etagOf(response) } }),
      };
    }
    const { failure } = failureOf('POST', target, response, body);
    const isSpent = isPage || !isNotSent(response, body);
    if (failure.code === 'tokenRefused' || failure.code === 'noShareableVerification') {
      return { outcome: 'refused', failure, isSpent };
    }
    return { outcome: isSpent ? 'unknown' : 'notSent', failure, isSpent };
  } catch (error) {
    return { outcome: isSent ? 'unknown' : 'notSent', failure: plainFailure(error), isSpent: isSent };
  }
}

/**
 * GET with `session=1`: fetches the subject's Coinflow session key.
 *
 * @param hasAnswered the endpoint has given a good answer before
 * @throws {GateError}
 */
export async function fetchSessionKey(target: Target, signal: AbortSignal, hasAnswered = false): Promise<string> {
  const [response, body] = await ask(target, { signal, session: true });
  const key = (body as { sessionKey?: unknown } | null | undefined)?.sessionKey;
  if (response.status === 200 && typeof key === 'string' && key) return key;
  // A backend that doesn't know `session=1` answers with the record.
  if (response.status === 200 && parseAnswer(200, body) !== undefined) {
    warnOnce('sessionKeyMissing');
    throw new GateError({ code: 'malformed', message: explain('sessionKeyMissing'), httpStatus: 200 });
  }
  throw failureOf('GET', target, response, body, hasAnswered);
}

/** The failure inside a caught error, as plain data: state holds no Error objects. */
export function plainFailure(error: unknown, code: 'unreachable' | 'tokenUnavailable' = 'unreachable'): GateFailure {
  // JavaScript callers may throw one with a made-up code.
  if (error instanceof GateError && Object.hasOwn(failures, error.failure.code)) return error.failure;
  return { code, message: explain(code === 'unreachable' ? code : 'shareTokenThrew') };
}

/** Turns an answer that isn't a record into a coded failure. */
function failureOf(
  method: 'GET' | 'POST',
  { url }: Target,
  response: Response,
  body: unknown,
  hasAnswered = false,
): GateError {
  const { status, headers } = response;
  // An endpoint that has answered before is the right one, so it now redirects to a sign-in page.
  const isSignedOut = hasAnswered && response.type === 'opaqueredirect';
  const code = isSignedOut ? 'unauthenticated' : codeOf(method, response, body);
  const key = code === 'malformed' || code === 'misconfigured' ? code : 'answered';
  const answer = `${method} ${url.href} with ${status || 'a redirect'} ${headers.get('content-type') ?? ''}`;
  if (key !== 'answered') warnOnce(key, answer);
  const now = Date.now();
  // A backend that is down may send one too (RFC 9110 §10.2.3).
  const named = status === 429 || status >= 500 ? parseRetryAfter(headers.get('retry-after'), now) : undefined;
  const retryAt = named ?? (status === 429 && method === 'POST' ? now + limitPauseMs : undefined);
  return new GateError({
    code,
    message: explain(key, answer),
    httpStatus: status,
    ...(retryAt !== undefined && { retryAt }),
  });
}

function codeOf(method: 'GET' | 'POST', { status, type }: Response, body: unknown): FailureCode {
  const named = errorOf(body)?.code;
  if (isCode(named) && failures[named].httpStatus === status) return named;
  if (type === 'opaqueredirect') return 'misconfigured';
  if (status < 300 || status === 451) return 'malformed';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rateLimited';
  if (status === 400 && method === 'POST') return 'tokenRefused';
  if (status === 409) return method === 'POST' ? 'noShareableVerification' : 'subjectMismatch';
  // Proxies and load balancers send 408 and 425 on their own.
  return status >= 500 || status === 408 || status === 425 ? 'server' : 'misconfigured';
}

/** Whether a failed POST certainly left the share token unused. */
function isNotSent({ status }: Response, body: unknown): boolean {
  return [401, 403, 404, 405, 409, 413, 415, 422, 429].includes(status) || errorOf(body)?.notSent === true;
}

/** Checks for a string first: turning an arbitrary JSON value into a key can throw. */
function isCode(named: unknown): named is FailureCode {
  return typeof named === 'string' && Object.hasOwn(failures, named);
}

function errorOf(body: unknown): { code?: unknown; notSent?: unknown } | undefined {
  return (body as { error?: { code?: unknown; notSent?: unknown } } | null | undefined)?.error ?? undefined;
}
