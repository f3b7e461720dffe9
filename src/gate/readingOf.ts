import type { WithdrawerRecord } from '../contract/WithdrawerRecord';

/** What a record means, as one read saw it. */
export type Reading = 'blocked' | 'declined' | 'expired' | 'needsInput' | 'verified' | 'pending' | 'absent';

/** Reads the meaning of a record; `null` is "no record yet". The order of the lines is the precedence. */
export function readingOf(record: WithdrawerRecord | null): Reading {
  if (!record) return 'absent';
  if (record.availability === 'Blocked' || record.watchlist === 'Blocked') return 'blocked';
  if (record.status === 'rejected') return 'declined';
  if (record.status === 'expired') return 'expired';
  if ((record.moreNeeded && record.links.length > 0) || record.status === 'partial-approval') return 'needsInput';
  if (record.status === 'approved' || record.attested) return 'verified';
  return 'pending';
}
