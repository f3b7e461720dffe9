import type { WithdrawerRecord } from '../contract/WithdrawerRecord';

/**
 * Carries `availability` and `watchlist` over from the last record of the same subject where a later answer leaves them out:
 * a field that is missing does not clear a block; only another value does.
 */
export function keepBlock(previous: WithdrawerRecord | null | undefined, record: WithdrawerRecord): WithdrawerRecord {
  return {
    ...record,
    availability: record.availability ?? previous?.availability,
    watchlist: record.watchlist ?? previous?.watchlist,
  };
}
