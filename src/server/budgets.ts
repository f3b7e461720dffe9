import { createMemoryStore } from './store';

/** Source: Coinflow, "NotFound: 10 in 10 s". */
const windowMs = 10_000;

/** One fewer than Coinflow allows, to leave room for a read that this process doesn't know of. */
const maxReads = 9;

/**
 * Keeps the reads of a user within Coinflow's limit. A browser's GET always goes out and is counted; reads
 * that can wait check here first.
 */
export interface ReadBudget {
  /** Counts a read that goes out now. @param userKey from `userKeyOf` */
  spend(userKey: string): void;
  /** When the next read fits the limit, by `performance.now()`; a time in the past means now. */
  freeAt(userKey: string): number;
}

/** Creates a budget for this process. */
export function createReadBudget(): ReadBudget {
  /** When each user's latest reads went out, oldest first. */
  const reads = createMemoryStore<readonly number[]>();
  return {
    spend(userKey) {
      reads.set(userKey, [...(reads.get(userKey) ?? []), performance.now()].slice(-maxReads), windowMs);
    },
    freeAt(userKey) {
      return (reads.get(userKey)?.at(-maxReads) ?? -windowMs) + windowMs;
    },
  };
}
