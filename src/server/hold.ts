import type { WithdrawerRecord } from '../contract/record';
import { KitError } from './answers';
import type { ReadBudget } from './budgets';
import type { Coinflow } from './coinflow';
import { type KycUser, userKeyOf } from './users';

/** The latest answer of Get Withdrawer. */
export interface Told {
  /** `null`: no record yet. */
  readonly record: WithdrawerRecord | null;
}

/** Holds POSTs after their registration, so that the browser needn't ask again. */
export interface Holds {
  /**
   * Reads until the record is usable (it exists and isn't expired), `forMs` have passed, or the browser has left. A 429
   * ends it early. All waiting requests of a user share one watcher, which stops with the last of them.
   *
   * @returns the latest answer to a read that began after this call; `undefined` if none succeeded
   */
  wait(user: KycUser, request: Request, forMs: number): Promise<Told | undefined>;
}

/**
 * When reads go out, in ms since the hold began. Chosen by simulation of fast and slow redemptions, within Coinflow's
 * limit of 10 reads of a missing record in 10 s: these eight, the browser's first GET, and one to spare.
 */
export const readAtMs = [0, 350, 800, 1_350, 2_000, 2_700, 3_600, 5_000] as const;

/** Longer holds continue at this interval, in ms, as far as the window allows. */
const laterMs = 2_500;

/** One hold makes at most `readAtMs.length` reads within this time, in ms. */
const windowMs = 10_000;

interface Watcher {
  readonly waiting: Set<Waiter>;
  /** Aborted when nobody waits any longer. */
  readonly over: AbortController;
}

interface Waiter {
  told: Told | undefined;
  readonly release: () => void;
}

/** @param budget limits the reads @param onFailure called with whatever a read threw while a request was waiting */
export function createHolds(read: Coinflow['read'], budget: ReadBudget, onFailure: (error: unknown) => void): Holds {
  const watchers = new Map<string, Watcher>();

  /** Reads until nobody waits. `request` provides the browser's IP address. */
  async function watch({ waiting, over }: Watcher, user: KycUser, request: Request): Promise<void> {
    const userKey = userKeyOf(user);
    const beganAt = performance.now();
    const sentAt: number[] = [];
    const dueAt = () => {
      const planned = readAtMs[sentAt.length];
      return Math.max(
        planned === undefined ? (sentAt.at(-1) ?? beganAt) + laterMs : beganAt + planned,
        (sentAt.at(-readAtMs.length) ?? -Infinity) + windowMs,
        budget.freeAt(userKey),
      );
    };
    // Requests that joined one registration all arrive now: wait for them before the first read.
    await pause(0, over.signal);
    while (!over.signal.aborted) {
      const inMs = dueAt() - performance.now();
      if (inMs > 0) {
        await pause(Math.ceil(inMs), over.signal);
        // Check again: a browser's GET may have used up the budget meanwhile.
        continue;
      }
      sentAt.push(performance.now());
      // Requests that arrive during this read need a later one: this one may predate their registration.
      const asking = [...waiting];
      try {
        const record = await read(user, request, over.signal);
        for (const waiter of asking) {
          waiter.told = { record };
          if (record && record.status !== 'expired') waiter.release();
        }
      } catch (error) {
        if (over.signal.aborted) return;
        onFailure(error);
        if (error instanceof KitError && error.code === 'rateLimited') for (const { release } of waiting) release();
      }
    }
  }

  function watcherOf(user: KycUser, request: Request): Watcher {
    const userKey = userKeyOf(user);
    const known = watchers.get(userKey);
    if (known) return known;
    const watcher: Watcher = { waiting: new Set(), over: new AbortController() };
    watchers.set(userKey, watcher);
    watcher.over.signal.addEventListener('abort', () => watchers.delete(userKey));
    void watch(watcher, user, request);
    return watcher;
  }

  return {
    wait(user, request, forMs) {
      const { signal } = request;
      if (signal.aborted) return Promise.resolve(undefined);
      const { waiting, over } = watcherOf(user, request);
      return new Promise((resolve) => {
        // A separate timer, so that a read that hangs can't hold up the response.
        const timer = setTimeout(release, forMs);
        signal.addEventListener('abort', release);
        const waiter: Waiter = { told: undefined, release };
        waiting.add(waiter);

        function release() {
          clearTimeout(timer);
          signal.removeEventListener('abort', release);
          waiting.delete(waiter);
          if (waiting.size === 0) over.abort();
          resolve(waiter.told);
        }
      });
    },
  };
}

/** Waits, or returns early if `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
