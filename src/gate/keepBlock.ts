import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { readingOf } from './readingOf';

/**
 * Carries `availability` and `watchlist` over from the last record of the same subject where a later answer leaves them out, and a blocked record where a later answer
 * has none: what is missing does not clear a block; only another value does.
 */
export function keepBlock(
  previous: WithdrawerRecord | null | undefined,
  record: WithdrawerRecord | null,
): WithdrawerRecord | null {
  if (!record) return readingOf(previous ?? null) === 'blocked' ? (previous ?? null) : null;
  return {
    ...record,
    availability: record.availability ?? previous?.availability,
    watchlist: record.watchlist ?? previous?.watchlist,
  };
}
