import { readJson, sendInTime } from '../contract/bounded';
import { parseRetryAfter } from '../contract/limits';
import { causeCodeOf } from './causeCodes';

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
  constructor(
    readonly reason: 'timeout' | 'unreachable',
    /** From `causeCodeOf`. */
    readonly causeCode?: string,
  ) {
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
  const { fetch: own, timeoutMs } = options;
  try {
    return await sendInTime(
      async (signal) => {
        const whole: RequestInit = { ...init, ...uncached(), redirect: 'manual', signal };
        // The global `fetch` makes a request of its own: a second one would cost as much as all the rest.
        const response = await (own ? own(new Request(url, whole)) : fetch(url, whole));
        const retryAfterSeconds = retryAfterOf(response.headers);
        return { status: response.status, retryAfterSeconds, body: await readJson(response.body, maxUpstreamBytes) };
      },
      timeoutMs,
      options.signal,
    );
  } catch (error) {
    // The error itself may quote the request, keys included, so pass on only the reason.
    throw new NoAnswer(wasAborted(error) ? 'timeout' : 'unreachable', causeCodeOf(error));
  }
}

/**
 * Keeps frameworks from storing the answer: Next.js may cache `fetch`, and would then show a stale record. Some versions of
 * Cloudflare Workers throw for `cache`, and cache nothing by themselves.
 */
function uncached(): Pick<RequestInit, 'cache'> {
  return (uncachedHere ??= takesCache() ? { cache: 'no-store' } : {});
}

/** Asked with the first request: some runtimes allow none while a module loads. */
let uncachedHere: Pick<RequestInit, 'cache'> | undefined;

function takesCache(): boolean {
  try {
    return !!new Request('https://coinflow.invalid', { cache: 'no-store' });
  } catch {
    return false;
  }
}

/**
 * Checks the option `baseUrl` of an upstream: it receives a key, so it must be https, except on this machine.
 *
 * @returns the URL without its trailing slash
 * @throws {TypeError} the message names the option
 */
export function checkBaseUrl(option: string, baseUrl: string): string {
  if (!URL.canParse(baseUrl))
    throw new TypeError(`kyc-reuse-gate: \`${option}\` is not a URL. Example: "http://localhost:5050/api".`);
  const { protocol, hostname, search, hash, username, password } = new URL(baseUrl);
  const isLocal = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal))
    throw new TypeError(
      `kyc-reuse-gate: \`${option}\` must begin with https://, because your key is sent there. Only localhost may be http://.`,
    );
  // A "?" or "#" alone counts too: the path would be appended behind it.
  if (search || hash || username || password || /[?#]/.test(baseUrl))
    throw new TypeError(`kyc-reuse-gate: \`${option}\` must have no query, no fragment and no user name.`);
  return baseUrl.replace(/\/+$/, '');
}

/** Checks the option `timeoutMs` of an upstream. @throws {TypeError} the message names the option */
export function checkTimeoutMs(option: string, timeoutMs: number): number {
  // `setTimeout` fires at once for longer delays.
  if (Number.isFinite(timeoutMs) && timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1) return timeoutMs;
  throw new TypeError(
    `kyc-reuse-gate: \`${option}\` is not a positive number of milliseconds. Leave it out for the default.`,
  );
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
