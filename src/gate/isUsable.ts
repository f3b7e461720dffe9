import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { readingOf } from './readingOf';

/** Whether there is a record, and one that needs no fresh registration. */
export function isUsable(record: WithdrawerRecord | null | undefined): boolean {
  return !!record && readingOf(record) !== 'expired';
}
