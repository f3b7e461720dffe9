/**
 * Tells Coinflow's "there is no record yet" from a real 401.
 *
 * Source: Coinflow answers `GET /withdraw` with 401 and a text like "No withdrawer associated with wallet…" in `message` or `details`
 * while there is no record. A 401 without such a text is a bad API key.
 */
export const absentPattern = /no withdrawer associated/i;

/** Whether an error body says, in `message` or `details`, that there is no record yet. */
export function isAbsentBody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { message, details } = body as { message?: unknown; details?: unknown };
  return [message, details].some((text) => typeof text === 'string' && absentPattern.test(text));
}
