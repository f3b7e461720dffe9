/** Transient failures keep the last screen until this many in a row … */
export const failuresBeforeShown = 3;

/** … or until they have lasted this long. */
export const failingBeforeShownMs = 10_000;

/** How long a tab waits for another tab's registration before it polls instead, and tries again after the same time. */
export const lockWaitMs = 15_000;

/** Registrations in a row that may start without the user asking, where the outcome is unknown or nothing was sent. */
export const maxAttempts = 3;

/** Pause before a registration that was not sent is tried again, where the answer had no `Retry-After`. Coinflow allows 3 a minute. */
export const resendPauseMs = 20_000;

/** Pause after a registration that met a limit whose answer did not say how long: Coinflow's is 3 a minute. */
export const limitPauseMs = 60_000;

/** Browsers take longer timers for none. */
export const maxTimeoutMs = 2 ** 31;

/** Poll interval while `delayed`, or while the user is busy elsewhere (`needsInput`). */
export const slowPollMs = 10_000;

/** Defaults of the `polling` option; see `PollingOptions`. */
export const defaultPolling = { pollMs: 1_000, maxPollMs: 5_000, slowAfterMs: 15_000, maxWaitMs: 300_000 } as const;

/** How often and how long the gate asks. */
export interface PollingOptions {
  /** First interval between reads, in ms; grows by half each time, with ±20 % jitter. Never below 800, whatever is given: Coinflow limits reads of an absent record to 10 in 10 s. @default 1000 */
  readonly pollMs?: number;
  /** Longest interval while the user waits, in ms. @default 5000 */
  readonly maxPollMs?: number;
  /** When waiting counts as `delayed`, in ms. @default 15000 */
  readonly slowAfterMs?: number;
  /** When polling ends and "check again" is offered, in ms of wall-clock time. @default 300000 */
  readonly maxWaitMs?: number;
}
