/** What this process remembers for a while. Nothing is shared among servers. */
export interface Memory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, forMs: number): void;
}

/** More than this many are not kept: the oldest go first. */
const maxEntries = 5_000;

export function createMemory<T>(): Memory<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry && entry.until > performance.now() ? entry.value : undefined;
    },
    set(key, value, forMs) {
      // By a clock that nobody sets back.
      const now = performance.now();
      entries.delete(key);
      // From the oldest on, and no further than needed; what is over behind it goes in its turn.
      for (const [other, { until }] of entries) {
        if (until > now && entries.size < maxEntries) break;
        entries.delete(other);
      }
      entries.set(key, { value, until: now + forMs });
    },
  };
}
