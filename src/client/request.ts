import { readJson, sendInTime } from '../contract/bounded';
import { explain } from '../contract/explain';
import { GateError } from '../contract/failures';
import { holdMs, maxAnswerBytes } from '../contract/limits';
import type { RequestOptions } from './options';

/** Where and how the gates of one subject send their requests. */
export interface Target {
  readonly url: URL;
  readonly subject: string;
  readonly request?: RequestOptions | undefined;
}

/** A response with its JSON body; `undefined` if the body is empty, too long, or isn't JSON. */
export type Answer = readonly [response: Response, body: unknown];

/** Longest wait for a read, in ms. */
const readTimeoutMs = 15_000;

/**
 * Longest wait for a registration, in ms. It covers the vendor's and Coinflow's answers,
 * and the time the answer is held.
 */
const registerTimeoutMs = 30_000;

interface AskOptions {
  readonly signal?: AbortSignal;
  /** Asks for a session key instead of the record. */
  readonly session?: boolean;
  /** Sends a POST with this body. */
  readonly body?: string;
  /** Called just before the request leaves. From then on its outcome may be unknown. */
  readonly onSend?: () => void;
}

/**
 * Sends one request to the merchant's endpoint.
 *
 * @throws {GateError} `offline` or `unreachable`: no answer, or none in time
 */
export async function ask(
  { url: endpoint, subject, request = {} }: Target,
  { signal, session, body, onSend }: AskOptions = {},
): Promise<Answer> {
  const { headers, credentials, fetch: send = fetch, preferWait = isOwnOrigin(endpoint) } = request;
  const url = new URL(endpoint);
  url.searchParams.set('subject', subject);
  if (session) url.searchParams.set('session', '1');
  const answer = async (abort: AbortSignal): Promise<Answer> => {
    const all = new Headers(typeof headers === 'function' ? await headers() : headers);
    all.set('accept', 'application/json');
    if (body) all.set('content-type', 'application/json');
    if (body && preferWait) all.set('prefer', `wait=${holdMs / 1000}`);
    const asked = new Request(url, {
      headers: all,
      // `undefined` means the browser's default, `same-origin`.
      credentials: credentials as RequestCredentials,
      // Don't follow redirects: one could carry the token elsewhere, or hide a wrong URL.
      redirect: 'manual',
      cache: 'no-store',
      signal: abort,
      ...(body && { method: 'POST', body }),
    });
    abort.throwIfAborted();
    // A token that can't leave isn't spent.
    if (body && !navigator.onLine) throw new TypeError('offline');
    onSend?.();
    const response = await send(asked);
    return [response, await readJson(response.body, maxAnswerBytes)];
  };
  try {
    return await sendInTime(answer, body ? registerTimeoutMs : readTimeoutMs, signal);
  } catch (error) {
    const code = navigator.onLine ? 'unreachable' : 'offline';
    throw new GateError({ code, message: explain(code, (error as Error | undefined)?.name) });
  }
}

/** Cross-origin, a header that the preflight answer leaves out would fail the registration. */
function isOwnOrigin({ origin }: URL): boolean {
  return typeof location !== 'undefined' && origin === location.origin;
}
