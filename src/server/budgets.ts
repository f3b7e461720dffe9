import { KitError } from './answers';
import { createExpiringMap } from './expiringMap';
import type { KycStore } from './store';

/** What the kit asks Coinflow for. A read that no browser is waiting for by itself is a `reread`. */
export type Operation = 'read' | 'reread' | 'register' | 'sessionKey';

/** A limit that Coinflow told you about. */
export interface LimitOptions {
  /** How many requests Coinflow allows, a positive integer. */
  readonly requests: number;
  /** In which time, in ms. */
  readonly perMs: number;
  /** Whether all your users share the limit, or each has one. @default 'merchant' */
  readonly scope?: 'merchant' | 'user';
}

/** Coinflow's limits, as far as you know them. What you leave out is learned from 429. */
export interface CoinflowLimits {
  /**
   * The limit of registrations, Coinflow's "KYC" limiter. Each user is kept to 3 a minute in any case.
   * @default unknown
   */
  readonly kyc?: LimitOptions;
  /** The limit of all requests together. Registrations may use all of it, reads that can wait three quarters. @default unknown */
  readonly global?: LimitOptions;
}

/** Keeps the kit within Coinflow's limits, together with all instances that share the store. */
export interface Budgets {
  /**
   * Counts a request that is about to go out.
   *
   * @param userHash from `userHashOf`
   * @throws {KitError} `rateLimited` with `retryAfterSeconds`: a 429's Retry-After hasn't passed, or a limit is used up
   */
  spend(operation: Operation, userHash: string): Promise<void>;
  /**
   * Remembers a 429: for this user, and for everybody once a second user has met one. A read of somebody who has read
   * often lately doesn't count: they may have met a limit of their own.
   */
  limited(operation: Operation, userHash: string, retryAfterSeconds: number): Promise<void>;
  /**
   * Counts a registration of a user.
   *
   * @returns takes it back, if no token was minted
   * @throws {KitError} `rateLimited` with `retryAfterSeconds`
   */
  spendRegistration(userHash: string): Promise<() => Promise<void>>;
  /** Counts a read of a user that a browser asked for, which always goes out. */
  countRead(userHash: string): void;
  /** Counts a read that can wait. @returns 0 if it may go out; else how long to wait before asking again, in ms */
  spendRead(userHash: string): Promise<number>;
}

/** Source: Coinflow, "KYC 3 per minute". Whose is undocumented, so each user is kept to it. */
const registrations = { name: 'registrations', max: 3, perMs: 60_000 } as const;

/** Source: Coinflow, "NotFound: 10 in 10 s". One fewer leaves room for a read that the kit doesn't know of. */
const reads = { name: 'reads', max: 9, perMs: 10_000 } as const;

/** Who has read this often in {@link reads}' window may have met a limit of their own; others have met everybody's. */
const ownReads = 3;

/** How much of a limit each operation may use up: registrations go before everything, and re-reads come last. */
const shares = { register: 1, sessionKey: 1, read: 0.9, reread: 0.75 } as const satisfies Record<Operation, number>;

/** @throws {TypeError} a limit is invalid; the message names it */
export function createBudgets(store: KycStore, limits: CoinflowLimits = {}): Budgets {
  for (const [name, limit] of Object.entries(limits)) checkLimit(name, limit as LimitOptions | undefined);
  /** Shares known to be used up, so that requests which are refused don't count. */
  const usedUp = createExpiringMap<number>();

  async function count(name: string, limit: LimitOptions | undefined, share: number, userHash: string): Promise<void> {
    if (!limit) return;
    const { requests, perMs } = limit;
    const key = `limit:${name}${limit.scope === 'user' ? `:${userHash}` : ''}`;
    const shareKey = `${key} ${share}`;
    const until = usedUp.get(shareKey);
    if (until !== undefined) throw tooMany(until - performance.now());
    if (requests <= maxSlots) {
      const slots = { name: `limit:${name}`, max: Math.max(1, Math.floor(requests * share)), perMs };
      const slot = await takeSlot(store, slots, limit.scope === 'user' ? userHash : '');
      if (typeof slot === 'number') throw tooMany(slot);
      return;
    }
    const { windows, perWindow } = windowsOf(requests);
    const { count: used, leftMs } = await store.increment(key, perMs / windows);
    const most = Math.max(1, Math.floor(perWindow * share));
    if (used >= most) usedUp.set(shareKey, performance.now() + leftMs, leftMs);
    if (used > most) throw tooMany(leftMs);
  }

  return {
    async spend(operation, userHash) {
      const kind = kindOf(operation);
      const until = await Promise.all([store.get(`held:${kind}:${userHash}`), store.get(`held:${kind}`)]);
      const leftMs = Math.max(...until.map((time) => Number(time ?? 0))) - Date.now();
      if (leftMs > 0) throw tooMany(leftMs);
      const share = shares[operation];
      if (operation === 'register') await count('kyc', limits.kyc, share, userHash);
      await count('global', limits.global, share, userHash);
    },

    async limited(operation, userHash, retryAfterSeconds) {
      const kind = kindOf(operation);
      const forMs = retryAfterSeconds * 1000;
      if (!(forMs > 0)) return;
      // Wall clock: instances share it, and it is only read to tell how long to wait.
      const until = String(Date.now() + forMs);
      await store.set(`held:${kind}:${userHash}`, until, forMs);
      if (kind === 'read' && (await countSlots(store, reads, userHash)) >= ownReads) return;
      const isFirst = await store.claim(`met:${kind}`, userHash, forMs);
      if (isFirst || (await store.get(`met:${kind}`)) === userHash) return;
      await store.set(`held:${kind}`, until, forMs);
    },

    async spendRegistration(userHash) {
      const slot = await takeSlot(store, registrations, userHash);
      if (typeof slot === 'number') throw tooMany(slot);
      return slot;
    },

    countRead(userHash) {
      void takeSlot(store, reads, userHash).catch(() => {});
    },

    async spendRead(userHash) {
      const slot = await takeSlot(store, reads, userHash);
      return typeof slot === 'number' ? slot : 0;
    },
  };
}

/** A limit that is kept by slots. */
interface Slots {
  readonly name: string;
  readonly max: number;
  readonly perMs: number;
}

/** Limits up to this are kept exactly, by {@link takeSlot}; it asks the store once for each slot that is taken. */
const maxSlots = 10;

/**
 * Divides a larger limit into shorter windows: a counter over the whole time would let twice as many through around its
 * end. Any stretch of that time overlaps one window more than fit into it, and so many requests in each are never too many.
 * Of a limit of 100 or more, nine tenths can be used.
 */
function windowsOf(requests: number): { readonly windows: number; readonly perWindow: number } {
  const choices = Array.from({ length: 10 }, (_, i) => ({
    windows: i + 1,
    perWindow: Math.floor(requests / (i + 2)),
  }));
  return choices.reduce((best, one) => (one.windows * one.perWindow > best.windows * best.perWindow ? one : best));
}

/**
 * Takes one of the slots of a limit, each of which is free again `perMs` after it was taken: an exact sliding window, where
 * a counter would let twice as many through around the end of its window.
 *
 * @returns gives the slot back; or, if all are taken, the time until the next is free, in ms
 */
async function takeSlot(store: KycStore, slots: Slots, userHash: string): Promise<(() => Promise<void>) | number> {
  const { perMs } = slots;
  const value = `${Date.now() + perMs} ${Math.random()}`;
  const keys = slotKeys(slots, userHash);
  for (const key of keys) if (await store.claim(key, value, perMs)) return () => store.release(key, value);
  const taken = await Promise.all(keys.map((key) => store.get(key)));
  return Math.max(1, Math.min(...taken.map((until) => Number.parseFloat(until ?? '0') - Date.now())));
}

/** How many slots of a user are taken. */
async function countSlots(store: KycStore, slots: Slots, userHash: string): Promise<number> {
  const taken = await Promise.all(slotKeys(slots, userHash).map((key) => store.get(key)));
  return taken.filter((value) => value !== undefined).length;
}

function slotKeys({ name, max }: Slots, userHash: string): string[] {
  return Array.from({ length: max }, (_, i) => `${name}:${userHash}:${i}`);
}

/** Coinflow doesn't know why a read is made. */
function kindOf(operation: Operation): string {
  return operation === 'reread' ? 'read' : operation;
}

function tooMany(leftMs: number): KitError {
  return new KitError('rateLimited', { retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) });
}

function checkLimit(name: string, limit: LimitOptions | undefined): void {
  if (limit === undefined) return;
  const { requests, perMs, scope = 'merchant' } = limit;
  if (!Number.isInteger(requests) || requests < 1)
    throw new TypeError(`kyc-reuse-gate: \`limits.${name}.requests\` is not a positive integer.`);
  if (!Number.isFinite(perMs) || perMs <= 0)
    throw new TypeError(
      `kyc-reuse-gate: \`limits.${name}.perMs\` is not a number of milliseconds. Pass 60000 for a minute.`,
    );
  if (scope !== 'merchant' && scope !== 'user')
    throw new TypeError(`kyc-reuse-gate: \`limits.${name}.scope\` is not one of "merchant" and "user".`);
}
