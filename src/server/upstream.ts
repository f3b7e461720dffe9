import { readJson, sendInTime } from '../contract/bounded';
import { parseRetryAfter } from '../contract/limits';

/** The part of `fetch` the kit uses. */
export type Fetch = (request: Request) => Promise<Response>;

/** An answer from Coinflow, Persona or Sumsub. */
export interface UpstreamAnswer {
  readonly status: number;
  /** From `Retry-After`, in seconds or as a date: whole seconds, at most an hour. */
  readonly retryAfterSeconds: number | undefined;
  /** The parsed JSON; `undefined` if the body is empty, longer than 1 MB, or isn't JSON. */
  readonly body: unknown;
}

/** Why an upstream gave no answer. */
export class NoAnswer extends Error {
  constructor(readonly reason: 'timeout' | 'unreachable') {
    super(reason);
  }
}

/** Longest body read from an upstream, in bytes. */
const maxUpstreamBytes = 1024 * 1024;

/**
 * Sends a request to an upstream. One time limit covers headers and body. Never follows redirects:
 * one could carry a key elsewhere.
 *
 * @param options `timeoutMs`: time limit for the whole answer; `signal`: aborts earlier
 * @throws {NoAnswer} no answer, or none in time
 */
export async function askUpstream(
  url: string,
  init: RequestInit,
  options: { fetch?: Fetch | undefined; timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<UpstreamAnswer> {
  const { fetch: send = (request: Request) => fetch(request), timeoutMs } = options;
  try {
    return await sendInTime(
      async (signal) => {
        const response = await send(new Request(url, { ...init, redirect: 'manual', signal }));
        const retryAfterSeconds = retryAfterOf(response.headers);
        return { status: response.status, retryAfterSeconds, body: await readJson(response.body, maxUpstreamBytes) };
      },
      timeoutMs,
      options.signal,
    );
  } catch (error) {
    // The error itself may quote the request, keys included, so pass on only the reason.
    throw new NoAnswer(wasAborted(error) ? 'timeout' : 'unreachable');
  }
}

/**
 * Whether a value is printable ASCII without spaces: enough for keys, user ids and wallet
 * addresses, and safe in a header.
 */
export function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function retryAfterOf(headers: Headers): number | undefined {
  const now = Date.now();
  const at = parseRetryAfter(headers.get('retry-after'), now);
  return at === undefined ? undefined : Math.ceil((at - now) / 1000);
}

function wasAborted(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}
