import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { GateState } from '../gate/GateState';
import { opens } from '../gate/opens';
import { readingOf } from '../gate/readingOf';
import type { GateOptions } from './GateOptions';
import { warnOnce } from './warnOnce';

/** The state before anything was asked: `ready` where the `initialRecord` is this subject's and opens the gate. What a server renders, and hydration starts from. */
export function initialStateOf(options: GateOptions): GateState {
  const record = initialRecordOf(options);
  return record && opens(readingOf(record), options.openWhen) ? { status: 'ready', record } : { status: 'checking' };
}

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
