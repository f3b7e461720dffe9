import type { GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { RequestFailures } from '../gate/GateSnapshot';

/** What all gates of one endpoint and subject on a page know together, whichever of them asked. */
export interface Watch {
  /** `seq` of the latest read that left or is about to. */
  readSeq: number;
  /** How many reads there were. */
  reads: number;
  /** When the latest left, wall-clock ms. */
  readTimes: number[];
  /** The latest failure of each kind that came with a `Retry-After`. */
  readonly held: { read?: GateFailure; sessionKey?: GateFailure };
  /** The last record read, for fields that a later answer leaves out. */
  record?: WithdrawerRecord | null;
  failed?: RequestFailures | undefined;
  /** Gates that run. */
  gates: number;
  /** Lets other tabs register, where this page holds them back; ends the wait for one that does. */
  release?: (() => void) | undefined;
}

const watches = new Map<string, Watch>();

/** @param name the same for every gate of one endpoint and subject */
export function watchOf(name: string): Watch {
  const watch = watches.get(name) ?? { readSeq: 0, reads: 0, readTimes: [], held: {}, gates: 0 };
  // A server renders for many users in one process; nothing of theirs stays there.
  if (typeof window !== 'undefined') watches.set(name, watch);
  return watch;
}

/** Forgets a row of failed reads, unless the backend asked to be left alone for longer. */
export function forgetFailures(watch: Watch): void {
  if (!isHeldBack(watch)) watch.failed = undefined;
}

/** Whether the backend's `Retry-After` has not passed yet. */
function isHeldBack({ failed }: Watch): boolean {
  return (failed?.failure.retryAt ?? 0) > Date.now();
}
