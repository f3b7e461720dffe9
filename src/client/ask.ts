import { explain } from '../contract/explain';
import { GateError } from '../contract/GateError';
import { maxAnswerBytes } from '../contract/limits';
import { readBody } from './readBody';
import type { GateOptions } from './GateOptions';

/** A response with its JSON body; `undefined` where the body is not JSON, is empty or too long. */
export type Answer = readonly [response: Response, body: unknown];

/** Longest wait for a read, in ms. */
const readTimeoutMs = 15_000;

/** Longest wait for a registration, in ms: the kit allows 10 s each for the vendor and for Coinflow. */
const registerTimeoutMs = 30_000;

interface AskOptions {
  readonly signal?: AbortSignal;
  /** Asks for a session key in place of the record. */
  readonly session?: boolean;
  /** Makes it a POST. */
  readonly body?: string;
  /** Called just before the request leaves; from then on its outcome may be unknown. */
  readonly onSend?: () => void;
}

/**
 * Sends one request to the merchant's endpoint.
 *
 * @throws {GateError} `offline`, `unreachable`: no answer, or not in time
 */
export async function ask(
  { endpoint, subject, request }: Pick<GateOptions, 'endpoint' | 'subject' | 'request'>,
  { signal, session, body, onSend }: AskOptions = {},
): Promise<Answer> {
  const url = new URL(endpoint, location.href);
  url.searchParams.set('subject', subject);
  if (session) url.searchParams.set('session', '1');
  const { headers, credentials, fetch: send = fetch } = request ?? {};
  const abort = new AbortController();
  const stop = () => abort.abort();
  const timer = setTimeout(stop, body ? registerTimeoutMs : readTimeoutMs);
  signal?.addEventListener('abort', stop);
  const answer = async (): Promise<Answer> => {
    const all = new Headers(typeof headers === 'function' ? await headers() : headers);
    all.set('accept', 'application/json');
    if (body) all.set('content-type', 'application/json');
    abort.signal.throwIfAborted();
    onSend?.();
    const response = await send(
      new Request(url, {
        headers: all,
        // Where it is not given: the browser's own default, `same-origin`.
        credentials: credentials as RequestCredentials,
        // A followed redirect could carry the token elsewhere, and would hide a wrong URL.
        redirect: 'manual',
        cache: 'no-store',
        signal: abort.signal,
        ...(body && { method: 'POST', body }),
      }),
    );
    return [response, await readBody(response, maxAnswerBytes)];
  };
  try {
    // Raced, because `headers` and an own `fetch` may not heed the signal.
    return await Promise.race([
      answer(),
      new Promise<never>((_, reject) => abort.signal.addEventListener('abort', reject)),
    ]);
  } catch (error) {
    const code = navigator.onLine ? 'unreachable' : 'offline';
    throw new GateError({ code, message: explain(code, (error as Error | undefined)?.name ?? 'timeout') });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
