import type { WithdrawerRecord } from '../contract/record';
import type { GateState } from '../gate/GateState';
import { opens, readingOf } from '../gate/reading';
import type { ReadAnswer } from '../gate/snapshot';
import { type GateOptions, initialRecordOf } from './options';
import { isPageYoung } from './page';
import { freshPrefetch } from './prefetch';
import { isUntouched, nextSeq, type SubjectRoom } from './subject';

/** What a gate starts with, before it has asked anything. */
export interface Beginning {
  /** The record that opens the form at once: read by the server that rendered the page, or prefetched. */
  readonly opened: WithdrawerRecord | undefined;
  /** The state a server renders, and hydration starts from. */
  readonly initialState: GateState;
  /** The answer that was already there when the gate began. It doesn't count for this gate. */
  readonly stood: ReadAnswer | undefined;
  /** A prefetched session key, or the request for it. */
  readonly key: Promise<string> | undefined;
  readonly jitter: number;
  /**
   * "No record", if the server that rendered the page read that and it can still be
   * trusted. Call it when the gate starts.
   */
  toldNothing(): ReadAnswer | undefined;
  /** Treats a block in the server-rendered record as one that this page has read. */
  noteBlock(): void;
}

/** Works out what a gate starts with. Changes nothing, so it may run while React renders. */
export function beginningOf(options: GateOptions, room: SubjectRoom): Beginning {
  const given = initialRecordOf(options);
  const prefetched = freshPrefetch(room);
  const fetched = room.answer === prefetched?.answer ? room.answer : undefined;
  const stood = fetched ? undefined : room.answer;
  const opening = (record: WithdrawerRecord | null | undefined) =>
    record && opens(record, options.openWhen) ? record : undefined;
  // If this page has read since that nothing opens, the server-rendered record is out of date.
  const isOutdated = room.answer && !opening(room.answer.record);
  return {
    opened: opening(fetched?.record) ?? (isOutdated ? undefined : opening(given)),
    initialState: stateOf(opening(given)),
    stood,
    key: prefetched?.key,
    jitter: Math.random(),
    toldNothing() {
      if (given !== null || !isUntouched(room) || !isPageYoung()) return undefined;
      return { record: null, seq: nextSeq(), at: Date.now() };
    },
    noteBlock() {
      if (given && readingOf(given) === 'blocked') room.record = given;
    },
  };
}

/** The state of a gate that hasn't asked anything yet. */
export function stateOf(opened: WithdrawerRecord | undefined): GateState {
  return opened ? { status: 'ready', record: opened } : { status: 'checking' };
}
