import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { GateState } from '../gate/GateState';
import { opens } from '../gate/opens';
import { readingOf } from '../gate/readingOf';
import type { GateOptions } from './GateOptions';
import { warnOnce } from './warnOnce';

/** The state before anything was asked: `ready` where the `initialRecord` is this subject's and opens the gate. What a server renders, and hydration starts from. */
export function initialStateOf({ initialRecord, subject, openWhen }: GateOptions): GateState {
  if (initialRecord?.subject === subject) {
    const { record } = initialRecord;
    if (!isRecord(record)) warnOnce('initialRecordOdd');
    else if (opens(readingOf(record), openWhen)) return { status: 'ready', record };
  }
  return { status: 'checking' };
}

/** Coinflow's own `withdrawer` in its place would read as pending, whatever it says. */
function isRecord(value: WithdrawerRecord | undefined): value is WithdrawerRecord {
  return !!value?.status && typeof value.attested === 'boolean' && Array.isArray(value.links);
}
