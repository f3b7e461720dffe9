import { isAbsentBody } from '../contract/absentPattern';
import { GateError } from '../contract/GateError';
import { maxAnswerBytes } from '../contract/limits';
import { parseRecord } from '../contract/parseRecord';
import type { ShareToken } from '../contract/vendors';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { failureOf, isNotSent } from './failureOf';
import { readBody } from './readBody';
import type { RequestOptions } from './RequestOptions';

/** The merchant's endpoint, as the browser asks it. */
export interface Endpoint {
  /** GET. `null`: there is no record yet. @throws {GateError} every other answer, coded */
  read(signal: AbortSignal): Promise<WithdrawerRecord | null>;
  /** POST. Never throws. */
  register(token: ShareToken | undefined): Promise<RegisterAnswer>;
  /** GET with `session=1`. @throws {GateError} */
  sessionKey(signal: AbortSignal): Promise<string>;
}

/** What came of a POST, as far as the token is concerned. */
export type RegisterAnswer =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'notSent' | 'unknown' | 'refused'; readonly failure: GateError };

/** Longest wait for a read, in ms. */
const readTimeoutMs = 15_000;

/** Longest wait for a registration, in ms: the kit allows 10 s each for the vendor and for Coinflow. */
const registerTimeoutMs = 30_000;

interface AskOptions {
  readonly signal?: AbortSignal;
  readonly session?: true;
  /** Called just before the request leaves; from then on its outcome may be unknown. */
  readonly onSend?: () => void;
}

/** @param url absolute, or relative to the page */
export function createEndpoint(url: string, subject: string, request: RequestOptions): Endpoint {
  async function ask(init: RequestInit, timeoutMs: number, { signal, session, onSend }: AskOptions = {}): Promise<[Response, unknown]> {
    const target = new URL(url, location.href);
    target.searchParams.set('subject', subject);
    if (session) target.searchParams.set('session', '1');
    const { headers, credentials = 'same-origin', fetch: send = (it: Request) => fetch(it) } = request;
    const abort = new AbortController();
    const stop = () => abort.abort();
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop);
    const answer = async (): Promise<[Response, unknown]> => {
      const all = new Headers(typeof headers === 'function' ? await headers() : headers);
      all.set('accept', 'application/json');
      if (init.body) all.set('content-type', 'application/json');
      abort.signal.throwIfAborted();
      onSend?.();
      // A followed redirect could carry the token elsewhere, and would hide a wrong URL.
      const response = await send(
        new Request(target, { ...init, headers: all, credentials, redirect: 'manual', cache: 'no-store', signal: abort.signal }),
      );
      return [response, await readBody(response, maxAnswerBytes)];
    };
    try {
      // Raced, because `headers` and an own `fetch` may not heed the signal.
      return await Promise.race([
        answer(),
        new Promise<never>((_, reject) => abort.signal.addEventListener('abort', () => reject(new Error('no answer in time')))),
      ]);
    } catch (error) {
      const offline = !navigator.onLine;
      throw new GateError({
        code: offline ? 'offline' : 'unreachable',
        message: offline
          ? 'The browser is offline.'
          : `The endpoint gave no answer (${error instanceof Error ? error.name : 'unknown'}). Is the backend up, and, cross-origin, is this origin allowed?`,
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    async read(signal) {
      const [response, body] = await ask({}, readTimeoutMs, { signal });
      const { status } = response;
      if (status === 404 && body !== undefined) return null;
      if (status === 401 && isAbsentBody(body)) return null;
      if (status === 200 || status === 451) {
        try {
          return parseRecord(status, body);
        } catch {
          // Falls through to `malformed`; the warning shows what was expected.
        }
      }
      throw failureOf(url, 'GET', response, body);
    },

    async register(token) {
      let sent = false;
      try {
        const [response, body] = await ask({ method: 'POST', body: JSON.stringify(token ?? {}) }, registerTimeoutMs, {
          onSend: () => (sent = true),
        });
        if (response.ok || response.status === 451) return { outcome: 'accepted' };
        const failure = failureOf(url, 'POST', response, body);
        if (failure.code === 'tokenRefused' || failure.code === 'noShareableVerification') return { outcome: 'refused', failure };
        return { outcome: isNotSent(response, body) ? 'notSent' : 'unknown', failure };
      } catch (error) {
        return { outcome: sent ? 'unknown' : 'notSent', failure: error as GateError };
      }
    },

    async sessionKey(signal) {
      const [response, body] = await ask({}, readTimeoutMs, { signal, session: true });
      const key = (body as { sessionKey?: unknown } | null | undefined)?.sessionKey;
      if (response.status === 200 && typeof key === 'string' && key) return key;
      throw failureOf(url, 'GET', response, body);
    },
  };
}
