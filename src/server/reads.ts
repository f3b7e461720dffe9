import { inTime } from '../contract/bounded';
import type { WithdrawerRecord } from '../contract/record';
import { formatRecord } from '../contract/wireAnswer';
import { KitError } from './answers';
import type { Coinflow } from './coinflow';
import { createExpiringMap } from './expiringMap';
import type { KycStore } from './store';
import { sha256Hex } from './topics';
import type { KnownUser } from './users';

/** An answer of Get Withdrawer. */
export interface Told {
  /** `null`: no record yet. */
  readonly record: WithdrawerRecord | null;
  /** Changes with the trimmed answer. */
  readonly etag: string;
  /** When the read began, by `performance.now()`. */
  readonly readAt: number;
}

/** What bounds a read. */
export interface ReadOptions {
  /** The browser's request; its IP address is passed on. */
  readonly request?: Request | undefined;
  /** Ends the wait. The read itself ends once nobody waits for it. */
  readonly signal?: AbortSignal | undefined;
  /** Longest wait, in ms. */
  readonly forMs: number;
  /** No browser's GET asked for it, so it gives way to others when a limit is near. @default false */
  readonly canWait?: boolean;
}

/** Reads of Get Withdrawer, shared by everyone in this process who asks about the same user at the same time. */
export interface Reads {
  /** Joins the user's read that is out, or begins one. @throws {KitError} */
  read(user: KnownUser, options: ReadOptions): Promise<Told>;
  /** Begins a read: one that is out may predate what the caller knows. @throws {KitError} */
  readAfresh(user: KnownUser, options: ReadOptions): Promise<Told>;
  /** Whether this process has read "no record yet" of this user in the last 2 s. */
  isAbsent(user: KnownUser): boolean;
  /** The latest answer that this process knows, up to 2 minutes old. */
  latest(user: KnownUser): Told | undefined;
  /** Keeps `watchlistExempt: Blocked`, which Coinflow documents only in the answer to a registration. */
  keepBlocked(user: KnownUser): Promise<void>;
  /** How many reads went out. */
  count(): number;
}

/** How long "no record yet" spares the look before a registration, in ms: the gate's own GET comes right before. */
const absentMs = 2_000;

const latestMs = 120_000;

/** How long a block is kept, in ms: 90 days. Each read that confirms nothing else leaves it standing. */
const blockedMs = 90 * 24 * 3_600_000;

interface Flight {
  readonly told: Promise<Told>;
  readonly over: AbortController;
  waiting: number;
  hasLanded: boolean;
}

/** @param isIsolated each request reads for itself: `isolatesRequests` */
export function createReads(coinflow: Coinflow, store: KycStore, isIsolated: boolean): Reads {
  const flights = new Map<string, Flight>();
  const absentAt = createExpiringMap<true>();
  const latest = createExpiringMap<Told>();
  let count = 0;

  function begin(user: KnownUser, { request, canWait }: ReadOptions): Flight {
    count++;
    const readAt = performance.now();
    const over = new AbortController();
    const told = (async () => {
      const read = await coinflow.read(user, { request, signal: over.signal, canWait });
      const record = read && (await withBlock(user, read));
      const answer = { record, etag: etagOf(record), readAt };
      if (record) absentAt.delete(user.hash);
      else absentAt.set(user.hash, true, absentMs);
      latest.set(user.hash, answer, latestMs);
      return answer;
    })();
    const flight: Flight = { told, over, waiting: 0, hasLanded: false };
    if (!isIsolated) flights.set(user.hash, flight);
    const land = () => {
      flight.hasLanded = true;
      if (flights.get(user.hash) === flight) flights.delete(user.hash);
    };
    told.then(land, land);
    return flight;
  }

  async function join(user: KnownUser, flight: Flight, { signal, forMs }: ReadOptions): Promise<Told> {
    flight.waiting++;
    let stop = () => {};
    const left = new Promise<never>((_, reject) => {
      stop = () => reject(new KitError('upstreamTimeout'));
      signal?.addEventListener('abort', stop);
      if (signal?.aborted) stop();
    });
    try {
      return await inTime(Promise.race([flight.told, left]), forMs, () => new KitError('upstreamTimeout'));
    } finally {
      signal?.removeEventListener('abort', stop);
      if (--flight.waiting === 0) {
        if (flights.get(user.hash) === flight) flights.delete(user.hash);
        // Nothing is left to abort, and an abort is dear: its error carries a stack trace.
        if (!flight.hasLanded) flight.over.abort();
      }
    }
  }

  /** Coinflow's later answers leave the watchlist out: that doesn't lift the block. */
  async function withBlock(user: KnownUser, record: WithdrawerRecord): Promise<WithdrawerRecord> {
    const key = `blocked:${user.hash}`;
    if (record.watchlist === 'Blocked') {
      await store.set(key, '1', blockedMs);
      return record;
    }
    if ((await store.get(key)) === undefined) return record;
    if (record.watchlist === undefined && record.availability !== 'Override')
      return { ...record, watchlist: 'Blocked' };
    await store.release(key, '1');
    return record;
  }

  return {
    read: (user, options) => join(user, flights.get(user.hash) ?? begin(user, options), options),
    readAfresh: (user, options) => join(user, begin(user, options), options),
    isAbsent: ({ hash }) => absentAt.get(hash) ?? false,
    latest: ({ hash }) => latest.get(hash),
    keepBlocked: ({ hash }) => store.set(`blocked:${hash}`, '1', blockedMs),
    count: () => count,
  };
}

/** Whether Get Withdrawer has told of a record that needs no fresh registration. */
export function isUsable(told: Told | undefined): told is Told & { readonly record: WithdrawerRecord } {
  return !!told?.record && told.record.status !== 'expired';
}

/** Weak, because equal records needn't be equal bytes: an answer to POST also says `confirmed`. */
export function etagOf(record: WithdrawerRecord | null): string {
  return `W/"${sha256Hex(JSON.stringify(formatRecord(record))).slice(0, 32)}"`;
}
