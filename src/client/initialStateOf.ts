import type { GateState } from '../gate/GateState';
import { opens } from '../gate/opens';
import { readingOf } from '../gate/readingOf';
import type { GateOptions } from './GateOptions';
import { initialRecordOf } from './initialRecordOf';

/** The state before anything was asked: `ready` where the `initialRecord` is this subject's and opens the gate. What a server renders, and hydration starts from. */
export function initialStateOf(options: GateOptions): GateState {
  const record = initialRecordOf(options);
  return record && opens(readingOf(record), options.openWhen) ? { status: 'ready', record } : { status: 'checking' };
}
