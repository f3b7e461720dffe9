import { parseRetryAfter } from '../contract/parseRetryAfter';
import { readLimited } from './readLimited';

/** The part of `fetch` the kit uses. */
export type Fetch = (request: Request) => Promise<Response>;

/** An upstream's answer. `body` is `null` where it is empty, `undefined` where it is not JSON or too long. */
export interface JsonAnswer {
  readonly status: number;
  /** From `Retry-After`, seconds or a date: whole seconds, at most an hour. */
  readonly retryAfterSeconds: number | undefined;
  readonly body: unknown;
}

/** Why there was no answer. */
export class NoAnswer extends Error {
  constructor(readonly reason: 'timeout' | 'unreachable') {
    super(reason);
  }
}

/** Longest answer read from an upstream, in bytes. */
const maxUpstreamBytes = 1024 * 1024;

/**
 * Asks an upstream. One time limit covers headers and body; redirects are not followed, since they could carry a key elsewhere.
 *
 * @throws {NoAnswer} no answer in time, or none at all
 */
export async function fetchJson(
  url: string,
  init: RequestInit,
  {
    fetch: send = (request: Request) => fetch(request),
    timeoutMs,
    signal,
  }: { fetch?: Fetch | undefined; timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<JsonAnswer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  const stop = () => abort.abort();
  signal?.addEventListener('abort', stop);
  const answer = async (): Promise<JsonAnswer> => {
    const response = await send(new Request(url, { ...init, redirect: 'manual', signal: abort.signal }));
    const text = await readLimited(response.body, maxUpstreamBytes);
    return { status: response.status, retryAfterSeconds: retryAfterOf(response.headers), body: parse(text) };
  };
  try {
    if (signal?.aborted) stop();
    // Raced, because an own `fetch` may not heed the signal.
    return await Promise.race([
      answer(),
      new Promise<never>((_, reject) => {
        abort.signal.addEventListener('abort', reject);
        if (abort.signal.aborted) reject(new NoAnswer('timeout'));
      }),
    ]);
  } catch {
    throw new NoAnswer(abort.signal.aborted ? 'timeout' : 'unreachable');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function retryAfterOf(headers: Headers): number | undefined {
  const now = Date.now();
  const at = parseRetryAfter(headers.get('retry-after'), now);
  return at === undefined ? undefined : Math.ceil((at - now) / 1000);
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
