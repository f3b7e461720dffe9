import type { GateSnapshot } from './GateSnapshot';
import { registrationDue } from './registrationDue';
import { failingBeforeShownMs } from './timing';

/** The next wall-clock time (ms) at which the state can change with nothing but time passing; `Infinity` where it cannot. */
export function wakeAt(snapshot: GateSnapshot): number {
  const { now, readFailure, keyFailure, registration, waitingSince, opened } = snapshot;
  const keyShown = keyFailure ? keyFailure.since + failingBeforeShownMs : 0;
  if (opened) return keyShown > now ? keyShown : Infinity;
  const times = [
    waitingSince + snapshot.slowAfterMs,
    waitingSince + snapshot.maxWaitMs,
    registrationDue(snapshot),
    keyShown,
    ...(readFailure ? [readFailure.since + failingBeforeShownMs] : []),
    ...(registration
      ? [
          registration.since + failingBeforeShownMs,
          registration.at + snapshot.slowAfterMs,
          registration.failure?.retryAt ?? 0,
        ]
      : []),
  ];
  return Math.min(...times.filter((time) => time > now));
}
