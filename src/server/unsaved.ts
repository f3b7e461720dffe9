import type { KycStore } from './store';

/** What this process set and released while the store was away, by key. */
export interface Unsaved {
  set(key: string, value: string, forMs: number): void;
  release(key: string, value: string): void;
  isEmpty(): boolean;
  /**
   * Brings some of it to the store, the oldest first.
   *
   * @param save runs one change on the store
   * @throws what `save` throws; what wasn't saved is kept for the next time
   */
  saveSome(save: (change: (store: KycStore) => Promise<void>) => Promise<void>): Promise<void>;
}

interface Change {
  readonly value: string;
  readonly isSet: boolean;
  /** By `performance.now()`: not worth saving from then on. */
  readonly until: number;
}

/** Bounds the memory: beyond this many changes, the oldest are dropped. */
const maxChanges = 100_000;

/** How many changes go at once: enough to be quick, and few enough for all of them to be answered in time. */
const batchSize = 50;

/** A release matters as long as what was set before the outage may last, in ms: an hour covers all but blocks. */
const releaseMs = 3_600_000;

export function createUnsaved(): Unsaved {
  const changes = new Map<string, Change>();

  function add(key: string, change: Change): void {
    changes.delete(key);
    for (const oldest of changes.keys()) {
      if (changes.size < maxChanges) break;
      changes.delete(oldest);
    }
    changes.set(key, change);
  }

  return {
    set(key, value, forMs) {
      add(key, { value, isSet: true, until: performance.now() + forMs });
    },
    release(key, value) {
      const before = changes.get(key);
      if (before?.isSet && before.value !== value) return;
      add(key, { value, isSet: false, until: performance.now() + releaseMs });
    },
    isEmpty: () => changes.size === 0,
    async saveSome(save) {
      const batch = [...changes].slice(0, batchSize);
      await Promise.all(
        batch.map(async ([key, change]) => {
          const { value, isSet, until } = change;
          const leftMs = until - performance.now();
          if (leftMs > 0) await save((store) => (isSet ? store.set(key, value, leftMs) : store.release(key, value)));
          // It may have been changed again meanwhile.
          if (changes.get(key) === change) changes.delete(key);
        }),
      );
    },
  };
}
