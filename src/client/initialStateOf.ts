import type { GateState } from '../gate/GateState';
import { opens } from '../gate/opens';
import { readingOf } from '../gate/readingOf';
import type { GateOptions } from './GateOptions';

/** The state before anything was asked: `ready` where the `initialRecord` is this subject's and opens the gate. What a server renders, and hydration starts from. */
export function initialStateOf({ initialRecord, subject, openWhen }: GateOptions): GateState {
  if (initialRecord?.subject === subject && opens(readingOf(initialRecord.record), openWhen)) {
    return { status: 'ready', record: initialRecord.record };
  }
  return { status: 'checking' };
}
