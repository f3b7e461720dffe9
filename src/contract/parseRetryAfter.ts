/**
 * Reads a `Retry-After` header, seconds or HTTP date (RFC 9110 §10.2.3), as a wall-clock time.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970, at most one hour ahead; `undefined` where there is no usable header
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const at = /^\s*\d+\s*$/.test(header) ? now + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at, now), now + maxRetryAfterMs);
}

/** A longer wait is cut here: nobody keeps a payout page open for a day because of one header. */
const maxRetryAfterMs = 3_600_000;
