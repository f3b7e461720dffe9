import type { KycStore } from './store';
import { topicOfHash } from './topics';

/**
 * Shares one user's reads between instances that hold requests of that user at the same time, such as from two devices:
 * each would read on its own, and together they would use up Coinflow's limit.
 */
export interface SharedWatch {
  /**
   * Takes the turn to read, for `forMs`.
   *
   * @returns `false` if another instance has it: that one reads, and tells what has changed
   */
  takeTurn(userHash: string, forMs: number): Promise<boolean>;
  /** Wakes the user's requests on the instances that left the reading to this one. */
  tellChange(userHash: string): Promise<void>;
}

/** How long an instance that leaves the reading to another wants to be told, in ms: longer than a request is held. */
const toldMs = 30_000;

export function createSharedWatch(store: KycStore): SharedWatch {
  return {
    async takeTurn(userHash, forMs) {
      if (await store.claim(`watch:${userHash}`, '1', forMs)) return true;
      await store.set(`watchers:${userHash}`, '1', toldMs);
      return false;
    },
    async tellChange(userHash) {
      if ((await store.get(`watchers:${userHash}`)) !== undefined) await store.publish(topicOfHash(userHash));
    },
  };
}
