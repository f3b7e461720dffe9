/** How often and for how long the gate reads. */
export interface PollingOptions {
  /**
   * First interval between reads, in ms. It grows with the square root of the time waited, with ±20 % jitter. Lower
   * values count as 550, and all gates on a page together read one user's record at most 9 times in 10 s, because Coinflow
   * allows 10 reads of a missing record.
   * @default 550
   */
  readonly pollMs?: number;
  /** Longest interval while the user waits, in ms. Lower values no longer count once the state is `delayed`. @default 8000 */
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
export const pollingDefaults = { pollMs: 550, maxPollMs: 8_000, slowAfterMs: 15_000, maxWaitMs: 300_000 } as const;

/** Longest delay for a timer: `setTimeout` fires at once for longer ones. */
export const maxTimeoutMs = 2 ** 31 - 1;

/** The option, or its default if it isn't a usable number of milliseconds. */
export function pollingOf(options: PollingOptions, name: keyof PollingOptions): number {
  const ms = options[name];
  return ms !== undefined && ms >= 0 && ms <= maxTimeoutMs ? ms : pollingDefaults[name];
}
