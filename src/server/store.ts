/**
 * What the kit's instances know together: registration leases and results, spent tokens, budgets, and wake-ups.
 * `createMemoryStore` serves one process; `kyc-reuse-gate/redis` serves several.
 *
 * Keys and topics hold hashes, values hold no secret and no personal data. The kit survives a store that rejects or
 * takes longer than 500 ms: it falls back to its own memory and tries again later.
 */
export interface KycStore {
  get(key: string): Promise<string | undefined>;
  /** @param forMs how long to keep the value, in ms */
  set(key: string, value: string, forMs: number): Promise<void>;
  /** Sets the value unless the key has one, in one atomic step. @returns whether it was set */
  claim(key: string, value: string, forMs: number): Promise<boolean>;
  /** Lets the key live for `forMs` from now if it still holds this value, in one atomic step. @returns whether it does */
  renew(key: string, value: string, forMs: number): Promise<boolean>;
  /** Deletes the key if it still holds this value, in one atomic step. */
  release(key: string, value: string): Promise<void>;
  /**
   * Adds one to a count, atomically. A new count expires after `forMs`; adding to it later doesn't prolong it.
   *
   * @returns the new count, and the time until it expires, in ms
   */
  increment(key: string, forMs: number): Promise<{ readonly count: number; readonly leftMs: number }>;
  /**
   * Tells every subscriber on every instance, this one included, that something about the topic changed. Delivered at
   * most once; may be lost.
   */
  publish(topic: string): Promise<void>;
  /** @returns ends the subscription */
  subscribe(onTopic: (topic: string) => void): Promise<() => Promise<void>>;
}

/** Bounds the memory to some 30 MB: beyond this many entries, the oldest are dropped. */
const maxEntries = 100_000;

interface Entry {
  readonly value: string;
  /** By `performance.now()`: monotonic, so immune to system clock changes. */
  readonly until: number;
}

/** Creates a store in this process's memory: the default. Other processes don't see it. */
export function createMemoryStore(): KycStore {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(topic: string) => void>();
  let sweepAtSize = 1_000;

  function read(key: string): Entry | undefined {
    const entry = entries.get(key);
    return entry && entry.until > performance.now() ? entry : undefined;
  }

  function write(key: string, entry: Entry): void {
    // Delete first, so that the entry moves to the end: the oldest are dropped first.
    entries.delete(key);
    if (entries.size >= sweepAtSize) sweep();
    entries.set(key, entry);
  }

  /** Runs each time the size has doubled, so that its cost per entry stays constant. */
  function sweep(): void {
    const now = performance.now();
    for (const [key, { until }] of entries) if (until <= now) entries.delete(key);
    let surplus = entries.size - 0.9 * maxEntries;
    for (const key of entries.keys()) {
      if (surplus-- <= 0) break;
      entries.delete(key);
    }
    sweepAtSize = Math.min(Math.max(1_000, entries.size * 2), maxEntries);
  }

  // Each method runs to its end without a pause, so each is atomic.
  return {
    get: (key) => Promise.resolve(read(key)?.value),
    set(key, value, forMs) {
      write(key, { value, until: performance.now() + forMs });
      return Promise.resolve();
    },
    claim(key, value, forMs) {
      if (read(key)) return Promise.resolve(false);
      write(key, { value, until: performance.now() + forMs });
      return Promise.resolve(true);
    },
    renew(key, value, forMs) {
      if (read(key)?.value !== value) return Promise.resolve(false);
      write(key, { value, until: performance.now() + forMs });
      return Promise.resolve(true);
    },
    release(key, value) {
      if (read(key)?.value === value) entries.delete(key);
      return Promise.resolve();
    },
    increment(key, forMs) {
      const now = performance.now();
      const before = read(key);
      const count = Number(before?.value ?? 0) + 1;
      const until = before?.until ?? now + forMs;
      write(key, { value: String(count), until });
      return Promise.resolve({ count, leftMs: Math.round(until - now) });
    },
    publish(topic) {
      for (const listener of [...listeners]) listener(topic);
      return Promise.resolve();
    },
    subscribe(onTopic) {
      // Wrapped, so that subscribing the same function twice makes two subscriptions.
      const listener = (topic: string) => onTopic(topic);
      listeners.add(listener);
      return Promise.resolve(() => {
        listeners.delete(listener);
        return Promise.resolve();
      });
    },
  };
}
