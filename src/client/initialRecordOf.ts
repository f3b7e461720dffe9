import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { GateOptions } from './GateOptions';
import { warnOnce } from './warnOnce';

/** The `initialRecord`, where it is this subject's and a record. */
export function initialRecordOf({ initialRecord, subject }: GateOptions): WithdrawerRecord | undefined {
  if (initialRecord?.subject !== subject) return undefined;
  const { record } = initialRecord;
  if (isRecord(record)) return record;
  warnOnce('initialRecordOdd');
  return undefined;
}

/** Coinflow's own `withdrawer` in its place would read as pending, whatever it says. */
function isRecord(value: WithdrawerRecord | undefined): value is WithdrawerRecord {
  return !!value?.status && typeof value.attested === 'boolean' && Array.isArray(value.links);
}
