/** How often and for how long the gate reads. */
export interface PollingOptions {
  /**
   * Interval between reads in the first two seconds, in ms, with ±20 % jitter. After them it grows with the square root of the time
   * waited. Lower values count as 700, and all gates on a page together read one user's record at most 8 times in 10 s: Coinflow
   * allows 10 reads of a missing record, and another tab may read too.
   * @default 700
   */
  readonly pollMs?: number;
  /** Longest interval while the user waits, in ms. Lower values no longer count once the state is `delayed`. @default 10000 */
  readonly maxPollMs?: number;
  /** How long a wait lasts before the state becomes `delayed`, in ms. @default 15000 */
  readonly slowAfterMs?: number;
  /**
   * How long a wait lasts before polling stops and "Check again" is offered, in ms of wall-clock time.
   * @default 300000
   */
  readonly maxWaitMs?: number;
}

/** The options' defaults, in ms. */
export const pollingDefaults = { pollMs: 700, maxPollMs: 10_000, slowAfterMs: 15_000, maxWaitMs: 300_000 } as const;

/** Longest delay for a timer: `setTimeout` fires at once for longer ones. */
export const maxTimeoutMs = 2 ** 31 - 1;

/** The option, or its default if it isn't a usable number of milliseconds. */
export function pollingOf(options: PollingOptions, name: keyof PollingOptions): number {
  const ms = options[name];
  return ms !== undefined && ms >= 0 && ms <= maxTimeoutMs ? ms : pollingDefaults[name];
}
