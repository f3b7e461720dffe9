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

/** Longest wait for a read that the backend may hold, in ms. */
const watchTimeoutMs = holdMs + 3_000;

/**
 * Longest wait for a registration, in ms. It covers the vendor's and Coinflow's answers,
 * and the time the answer is held.
 */
const registerTimeoutMs = 30_000;

interface AskOptions {
  readonly signal?: AbortSignal;
  /** Asks for a session key instead of the record. */
  readonly session?: boolean;
  /** `ETag` of what the gate knows: the backend may hold its answer until that has changed. */
  readonly known?: string | undefined;
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
export async function ask(target: Target, { signal, session, known, body, onSend }: AskOptions = {}): Promise<Answer> {
  const { url: endpoint, subject, request = {} } = target;
  const { headers, credentials, fetch: send = fetch } = request;
  const url = new URL(endpoint);
  url.searchParams.set('subject', subject);
  if (session) url.searchParams.set('session', '1');
  const answer = async (abort: AbortSignal): Promise<Answer> => {
    const all = new Headers(typeof headers === 'function' ? await headers() : headers);
    all.set('accept', 'application/json');
    if (body) all.set('content-type', 'application/json');
    if ((body || known) && prefersWait(target)) all.set('prefer', `wait=${holdMs / 1000}`);
    if (known) all.set('if-none-match', known);
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
    return await sendInTime(answer, body ? registerTimeoutMs : known ? watchTimeoutMs : readTimeoutMs, signal);
  } catch (error) {
    const code = navigator.onLine ? 'unreachable' : 'offline';
    throw new GateError({ code, message: explain(code, (error as Error | undefined)?.name) });
  }
}

/** Whether requests may ask to be held. Cross-origin, a header that the preflight answer leaves out would fail them. */
export function prefersWait({ url, request }: Target): boolean {
  return request?.preferWait ?? (typeof location !== 'undefined' && url.origin === location.origin);
}
