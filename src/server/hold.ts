import type { Budgets } from './budgets';
import { KitError } from './answers';
import { requestMs } from './deadline';
import { createExpiringMap } from './expiringMap';
import { isUsable, type Reads, type Told } from './reads';
import type { SharedWatch } from './sharedWatch';
import { topicOfHash } from './topics';
import type { KnownUser } from './users';
import type { WakeUps } from './wakeUps';

/** Holds requests, so that the browser needn't ask again. All held requests of a user share one watcher's reads. */
export interface Holds {
  /**
   * Holds a POST after its registration: until the record is usable (it exists and isn't expired), `forMs` have passed, or the
   * browser has left. A 429 ends it early.
   *
   * @returns the latest answer to a read that began after this call; `undefined` if none succeeded
   */
  untilUsable(user: KnownUser, request: Request, forMs: number): Promise<Told | undefined>;
  /**
   * Holds a GET: until Get Withdrawer tells something else than the gate knows, `forMs` have passed, or the browser has left.
   *
   * @param known the ETag of what the gate knows
   * @returns the latest answer; `undefined` if nothing was read meanwhile
   */
  untilChanged(user: KnownUser, request: Request, known: string, forMs: number): Promise<Told | undefined>;
  /** How many requests are held now. */
  counts(): { readonly gets: number; readonly posts: number; readonly users: number };
}

/**
 * When reads for a held POST go out, in ms since the hold began. Chosen by simulation of fast and slow redemptions,
 * within Coinflow's limit of 10 reads of a missing record in 10 s: these eight, the browser's first GET, and one to spare.
 */
export const readAtMs = [0, 350, 800, 1_350, 2_000, 2_700, 3_600, 5_000] as const;

/** The same where webhooks wake the hold: one read before it ends, in case the webhook is lost. */
const rareReadAtMs = [7_000] as const;

/** Longer holds continue at this interval, in ms, as far as the budget allows. */
const laterMs = 2_500;
const rareLaterMs = 15_000;

/**
 * Between the reads for held GETs: from the first interval, each one longer by a quarter, up to the longest, in ms. Without
 * webhooks about as often as the gate itself would poll.
 */
const paces = { usual: { firstMs: 1_500, longestMs: 10_000 }, rare: { firstMs: 7_000, longestMs: 15_000 } } as const;
const growth = 1.25;

/** How long a watcher's pace outlives it, in ms: the gate's next GET follows at once, and goes on with it. */
const paceMs = 60_000;

/** Reads for held requests that are out at once, at most. Each is a connection to Coinflow, and takes memory. */
const maxReadsOut = 200;

/** Pause where so many are out, in ms, give or take a half. */
const crowdedMs = 1_000;

/** How long the first read keeps the turn from other instances, in ms. */
const firstTurnMs = 300;

/** Pause after a 429 that doesn't say how long, in ms. */
const limitedMs = 10_000;

interface Waiter {
  readonly kind: 'get' | 'post';
  /** What the gate knows; for a GET only. */
  readonly known: string | undefined;
  told: Told | undefined;
  readonly release: () => void;
}

interface Pace {
  readonly intervalMs: number;
  readonly readAt: number;
}

interface Watcher {
  readonly waiting: Set<Waiter>;
  /** Aborted when nobody waits any longer. */
  readonly over: AbortController;
  /** When the first POST of those that wait came, and the reads for POSTs since. */
  postsSince: number | undefined;
  postReadsAt: number[];
  /** A read is due now, whatever the pace. */
  isWoken: boolean;
  /** Ends the watcher's pause. */
  stir: () => void;
}

/** What holds need. */
export interface HoldsOptions {
  readonly reads: Reads;
  readonly budgets: Budgets;
  readonly wakeUps: WakeUps;
  readonly sharedWatch: SharedWatch;
  /** Webhooks reach this process's store: read when one wakes a user, and seldom besides. */
  readonly webhooks: boolean;
  /** Each request waits for itself: `isolatesRequests`. */
  readonly isIsolated: boolean;
  /** Called with whatever a read threw while a request was waiting. `user` is as the request that began the watch knows them. */
  readonly onFailure: (error: unknown, user: KnownUser) => void;
}

/** Creates the holds of this process. */
export function createHolds(options: HoldsOptions): Holds {
  const { reads, budgets, wakeUps, sharedWatch, webhooks, isIsolated, onFailure } = options;
  const watchers = new Map<string, Watcher>();
  const paceOf = createExpiringMap<Pace>();
  const { firstMs, longestMs } = webhooks ? paces.rare : paces.usual;
  const [postAtMs, postLaterMs] = webhooks ? [rareReadAtMs, rareLaterMs] : [readAtMs, laterMs];
  const held = { get: 0, post: 0 };
  let readsOut = 0;

  /** When the next read is due, by `performance.now()`. */
  function dueAt({ hash }: KnownUser, watcher: Watcher, beganAt: number): number {
    if (watcher.isWoken) return 0;
    const has = (kind: Waiter['kind']) => [...watcher.waiting].some((waiter) => waiter.kind === kind);
    const { intervalMs, readAt } = paceOf.get(hash) ?? { intervalMs: firstMs, readAt: beganAt };
    const forGets = has('get') ? readAt + intervalMs : Infinity;
    if (watcher.postsSince === undefined || !has('post')) return forGets;
    const readsAt = watcher.postReadsAt;
    const planned = postAtMs[readsAt.length];
    const forPosts =
      planned === undefined ? (readsAt.at(-1) ?? watcher.postsSince) + postLaterMs : watcher.postsSince + planned;
    return Math.min(forGets, forPosts);
  }

  /** Moves the watcher's plan and pace on. */
  function noteRead({ hash }: KnownUser, watcher: Watcher): void {
    const readAt = performance.now();
    watcher.isWoken = false;
    watcher.postReadsAt.push(readAt);
    const before = paceOf.get(hash)?.intervalMs;
    // The many reads for a POST come first, and say nothing of how long its GETs have waited.
    const isForGets = [...watcher.waiting].some(({ kind }) => kind === 'get');
    const longer = before !== undefined && isForGets ? Math.min(before * growth, longestMs) : before;
    paceOf.set(hash, { intervalMs: longer ?? firstMs, readAt }, paceMs);
  }

  /**
   * Whether another instance makes the read that is due, and wakes this one if it finds a change. A watcher that was woken
   * reads for itself.
   */
  async function leavesItToOthers(user: KnownUser, watcher: Watcher): Promise<boolean> {
    if (isIsolated || watcher.isWoken) return false;
    const lastAt = watcher.postReadsAt.at(-1);
    // Pauses grow, so most of the last one is less than the next.
    const forMs = lastAt === undefined ? firstTurnMs : 0.9 * (performance.now() - lastAt);
    if (await sharedWatch.takeTurn(user.hash, Math.max(firstTurnMs, forMs))) return false;
    // What a GET knows may be older than what the other instance has seen.
    if (lastAt === undefined && [...watcher.waiting].some(({ kind }) => kind === 'get')) return false;
    noteRead(user, watcher);
    return true;
  }

  /** Reads until nobody waits. `request` provides the browser's IP address. */
  async function watch(user: KnownUser, watcher: Watcher, request: Request): Promise<void> {
    const { waiting, over } = watcher;
    const beganAt = performance.now();
    // Requests that joined one registration all arrive now: wait for them before the first read.
    await pause(0, watcher, false);
    while (!over.signal.aborted) {
      const inMs = dueAt(user, watcher, beganAt) - performance.now();
      if (inMs > 0) {
        await pause(inMs, watcher);
        continue;
      }
      // A process that fell behind has thousands of reads due at once. Who was woken doesn't wait for them.
      if (!watcher.isWoken && readsOut >= maxReadsOut) {
        await pause(crowdedMs * (0.5 + Math.random()), watcher);
        continue;
      }
      if (await leavesItToOthers(user, watcher)) continue;
      if (over.signal.aborted) return;
      readsOut++;
      const budgetMs = await budgets.spendRead(user.hash);
      if (over.signal.aborted || budgetMs > 0) readsOut--;
      if (over.signal.aborted) return;
      if (budgetMs > 0) {
        await pause(budgetMs, watcher, false);
        continue;
      }
      noteRead(user, watcher);
      const before = reads.latest(user)?.etag;
      // Requests that arrive during this read need a later one: this one may predate their registration.
      const asking = [...waiting];
      try {
        const told = await reads
          .readAfresh(user, { request, signal: over.signal, forMs: requestMs, canWait: true })
          .finally(() => readsOut--);
        for (const waiter of asking) {
          waiter.told = told;
          if (waiter.kind === 'get' ? told.etag !== waiter.known : isUsable(told)) waiter.release();
        }
        if (told.etag !== before) await sharedWatch.tellChange(user.hash);
      } catch (error) {
        if (over.signal.aborted) return;
        onFailure(error, user);
        if (!(error instanceof KitError) || error.code !== 'rateLimited') continue;
        for (const { kind, release } of [...waiting]) if (kind === 'post') release();
        await pause((error.retryAfterSeconds ?? limitedMs / 1000) * 1000, watcher, false);
      }
    }
  }

  /** Whether a wake-up came after this process last read: the user wasn't held then. */
  function hasMissedWakeUp(user: KnownUser): boolean {
    const wokenAt = wakeUps.lastAt(topicOfHash(user.hash));
    return wokenAt !== undefined && wokenAt > (reads.latest(user)?.readAt ?? -Infinity);
  }

  function watcherOf(user: KnownUser, request: Request): Watcher {
    const known = watchers.get(user.hash);
    if (known) return known;
    const watcher: Watcher = {
      waiting: new Set(),
      over: new AbortController(),
      postsSince: undefined,
      postReadsAt: [],
      isWoken: false,
      stir: () => {},
    };
    const stop = isIsolated
      ? () => {}
      : wakeUps.on(topicOfHash(user.hash), () => {
          watcher.isWoken = true;
          watcher.stir();
        });
    if (!isIsolated) watchers.set(user.hash, watcher);
    watcher.over.signal.addEventListener('abort', () => {
      stop();
      if (watchers.get(user.hash) === watcher) watchers.delete(user.hash);
    });
    void watch(user, watcher, request);
    return watcher;
  }

  function hold(
    { signal }: Request,
    forMs: number,
    watcher: Watcher,
    { kind, known }: Pick<Waiter, 'kind' | 'known'>,
  ): Promise<Told | undefined> {
    const { waiting, over } = watcher;
    return new Promise((resolve) => {
      // A separate timer, so that a read that hangs can't hold up the response.
      const timer = setTimeout(release, forMs);
      signal.addEventListener('abort', release);
      const waiter: Waiter = { kind, known, told: undefined, release };
      waiting.add(waiter);
      held[kind]++;
      watcher.stir();

      function release() {
        if (!waiting.delete(waiter)) return;
        clearTimeout(timer);
        signal.removeEventListener('abort', release);
        held[kind]--;
        if (waiting.size === 0) over.abort();
        watcher.stir();
        resolve(waiter.told);
      }
    });
  }

  return {
    untilUsable(user, request, forMs) {
      if (request.signal.aborted) return Promise.resolve(undefined);
      const watcher = watcherOf(user, request);
      const hasPosts = [...watcher.waiting].some(({ kind }) => kind === 'post');
      if (!hasPosts) {
        watcher.postsSince = performance.now();
        watcher.postReadsAt = [];
        // Redemption may be over before the hold begins.
        if (hasMissedWakeUp(user)) watcher.isWoken = true;
      }
      return hold(request, forMs, watcher, { kind: 'post', known: undefined });
    },

    untilChanged(user, request, known, forMs) {
      if (request.signal.aborted) return Promise.resolve(undefined);
      const watcher = watcherOf(user, request);
      const latest = reads.latest(user);
      // Somebody else's read has told more, or a wake-up came between the gate's requests: look at once.
      if ((latest && latest.etag !== known) || hasMissedWakeUp(user)) watcher.isWoken = true;
      return hold(request, forMs, watcher, { kind: 'get', known });
    },

    counts: () => ({ gets: held.get, posts: held.post, users: watchers.size }),
  };
}

/** Waits, or returns early if the watcher ends or, unless `canStir` is false, is stirred. */
function pause(ms: number, watcher: Watcher, canStir = true): Promise<void> {
  const { signal } = watcher.over;
  return new Promise((resolve) => {
    const timer = ms === Infinity ? undefined : setTimeout(end, Math.ceil(ms));
    signal.addEventListener('abort', end);
    watcher.stir = canStir ? end : () => {};
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      watcher.stir = () => {};
      resolve();
    }
  });
}
