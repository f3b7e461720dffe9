/**
 * The time that one request has for everything it does. The gate gives up after 30 s; a request ends before that, so
 * that its answer still arrives.
 */
export interface Deadline {
  /** Time left, in ms; 0 once it is over. @param reserveMs kept back for what follows. @default 0 */
  leftMs(reserveMs?: number): number;
}

/** What one request has, in ms. */
export const requestMs = 25_000;

/** Kept back for the registration itself while a token is minted, in ms: a token that can't be sent in time is lost. */
export const sendReserveMs = 5_000;

/** Kept back for minting and registering while `authenticate` and `verify` run, in ms. */
export const mintReserveMs = 10_000;

/** Begins a deadline now. @default forMs 25000 */
export function createDeadline(forMs = requestMs): Deadline {
  // Monotonic clock: immune to system clock changes.
  const endsAt = performance.now() + forMs;
  return { leftMs: (reserveMs = 0) => Math.max(0, endsAt - reserveMs - performance.now()) };
}
