/**
 * Counts a hit in a sliding window.
 *
 * @param hits wall-clock ms of earlier hits; changed in place
 * @returns seconds to wait where the limit is reached, and then the hit does not count
 */
export function rateLimit(hits: number[], now: number, limit: number, windowMs: number): number | undefined {
  while (hits[0] !== undefined && hits[0] <= now - windowMs) hits.shift();
  const oldest = hits[0];
  if (hits.length >= limit && oldest !== undefined) return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
  hits.push(now);
  return undefined;
}
