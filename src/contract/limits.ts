/** Longest body the kit accepts from a browser, in bytes. A share token is at most 1 KB. */
export const maxRequestBytes = 64 * 1024;

/** Longest body the browser accepts from the endpoint, in bytes. A trimmed record is well under 2 KB. */
export const maxAnswerBytes = 256 * 1024;

/**
 * How long reads look for the record after a POST with an unknown outcome, before a new token may be minted, in ms. The
 * kit keeps such a registration for the same time.
 */
export const graceMs = 10_000;

/**
 * How long the gate asks the backend to hold its answer (`Prefer: wait`), and the kit's default limit for it, in ms.
 * Serverless platforms and proxies commonly cut requests off at 10 s.
 */
export const holdMs = 8_000;

/**
 * Reads a `Retry-After` header, seconds or HTTP date (RFC 9110 §10.2.3), as a wall-clock time. It travels as a failure's `retryAt`; `SubjectRoom.held`
 * keeps every gate from asking before it, and `registrationDue` from registering.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970, at most one hour ahead; `undefined` if the header is missing or unusable
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const at = /^\s*\d+\s*$/.test(header) ? now + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at, now), now + maxRetryAfterMs);
}

/** Caps `Retry-After`: nobody keeps a payout page open for a day because of one header. */
const maxRetryAfterMs = 3_600_000;

/**
 * Reads the seconds of `Prefer: wait=<s>` (RFC 7240 §4.3) as milliseconds; `undefined` if the header asks for no wait.
 */
export function parsePreferWait(header: string | null): number | undefined {
  const seconds = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(header ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
