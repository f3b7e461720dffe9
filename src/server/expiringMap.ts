/** Values of this process that expire, by key. What instances share goes through `KycStore` instead. */
export interface ExpiringMap<T> {
  get(key: string): T | undefined;
  /** @param forMs how long to keep the value, in ms */
  set(key: string, value: T, forMs: number): void;
  delete(key: string): void;
}

/** Bounds the memory: beyond this many entries, the oldest are dropped. */
const maxEntries = 50_000;

export function createExpiringMap<T>(): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry && entry.until > performance.now() ? entry.value : undefined;
    },
    set(key, value, forMs) {
      // Monotonic clock: immune to system clock changes.
      const now = performance.now();
      entries.delete(key);
      // Sweep from the oldest and stop at the first that is still valid: cheap, and bounded by `maxEntries` anyway.
      for (const [other, { until }] of entries) {
        if (until > now && entries.size < maxEntries) break;
        entries.delete(other);
      }
      entries.set(key, { value, until: now + forMs });
    },
    delete(key) {
      entries.delete(key);
    },
  };
}
