import { courseOf } from '../contract/failures';
import type { GateState } from './GateState';
import { pollingDefaults as defaults, pollingOf } from './pollingOptions';
import { isUsable } from './reading';
import type { GateSnapshot } from './snapshot';

/** Most redemptions end in the first two seconds, so reads stay dense that long, in ms. */
const denseMs = 2_000;

/** The interval after one second of waiting, in ms, if it weren't dense; it grows with the square root of the time waited. */
const paceMs = 1_200;

/**
 * How long to wait after a read, in ms, before jitter. Nobody knows how long a redemption takes, so the longer it has taken, the less
 * likely it ends in the next second; the interval that then trades lag against reads best grows as the square root.
 *
 * Reads go out 0, 0.7, 1.4, 2.1, 3.8, 6.2, 9.2 … s after a registration. Chosen by simulation (`npm run bench:polling`).
 */
export function pollInterval(waitedMs: number, firstMs: number = defaults.pollMs): number {
  const pacedMs = waitedMs < denseMs ? firstMs : paceMs * Math.sqrt(waitedMs / 1_000);
  return Math.min(defaults.maxPollMs, Math.max(firstMs, pacedMs));
}

/**
 * Shortest interval while requests fail, in ms: don't press a backend in trouble, and let three
 * failures in a row take a moment.
 */
const failingPollMs = 1_000;

/** When the next read is due, as wall-clock ms; `Infinity` if none is. */
export function readDue(snapshot: GateSnapshot, state: GateState): number {
  const { now, opened, fallbackChosen, lastRead, isReading, isVisible, readAllowedAt, isRegistering } = snapshot;
  if (opened || fallbackChosen) return Infinity;
  if (lastRead.seq < readWantedSince(snapshot)) return Math.max(now, readAllowedAt);
  // A hidden page reads nothing; it reads at once when it is shown again.
  if (isReading || !isVisible) return Infinity;
  const interval = intervalMs(snapshot, state);
  // If the clock was set back, don't wait for it to catch up.
  const isClockBack = lastRead.at > now && interval < Infinity;
  // Consent may have taken a while. The registration that it starts needs no read beside it at once.
  const since = isRegistering ? Math.max(lastRead.at, snapshot.waitingSince) : lastRead.at;
  const due = isClockBack ? now : since + interval;
  return Math.max(due, readAllowedAt);
}

/** Whether the read that is due may wait at the backend until there is something new to tell. */
export function mayBeHeld(snapshot: GateSnapshot, { status }: GateState): boolean {
  const { lastRead, isVisible, read, readFailure, registration } = snapshot;
  // The user is waiting for this answer, so don't hold it.
  if (lastRead.seq < readWantedSince(snapshot) || !isVisible || readFailure) return false;
  // After a lost POST, reads decide when to register again, and must not be late.
  if (registration?.outcome === 'unknown' && !isUsable(read?.record)) return false;
  return status === 'processing' || status === 'delayed' || status === 'needsInput';
}

/** Reads that left before this are out of date. */
function readWantedSince({ readSince, asked, registration }: GateSnapshot): number {
  // Read at once after anything that may have reached Coinflow. That includes a refusal: it can mean that
  // the token was redeemed earlier.
  const { outcome, failure, seq } = registration ?? {};
  const mayHaveArrived =
    outcome === 'accepted' || outcome === 'unknown' || (outcome === 'refused' && failure?.code === 'tokenRefused');
  return Math.max(readSince, asked?.seq ?? 0, mayHaveArrived ? (seq ?? 0) : 0);
}

function intervalMs(snapshot: GateSnapshot, state: GateState): number {
  const { polling, readFailure, isRegistering, lastRead, waitingSince, registration, jitter } = snapshot;
  const jittered = (ms: number) => Math.round(ms * (0.8 + 0.4 * jitter));
  // Counted from when the POST left: while its answer was held, the backend read on the gate's behalf.
  const waitedMs = Math.max(0, lastRead.at - Math.max(waitingSince, registration?.sentAt ?? 0));
  const firstMs = Math.max(pollingOf(polling, 'pollMs'), defaults.pollMs);
  const longest = jittered(Math.max(pollingOf(polling, 'maxPollMs'), defaults.pollMs));
  const paced = jittered(pollInterval(waitedMs, firstMs));
  const whileWaiting = Math.min(longest, paced);
  const hasEnded = state.status === 'failed' && courseOf(state.failure) !== 'transient';
  if (readFailure && courseOf(readFailure.failure) === 'transient' && !hasEnded) {
    return Math.max(jittered(failingPollMs), whileWaiting);
  }
  switch (state.status) {
    case 'registering':
      // The POST's answer triggers a read anyway, but the POST may be another tab's, or slow.
      return isRegistering ? longest : whileWaiting;
    case 'checking':
    case 'processing':
      return whileWaiting;
    case 'delayed':
      return state.exhausted ? Infinity : paced;
    case 'needsInput':
      return jittered(defaults.maxPollMs);
    case 'failed':
      return hasEnded ? Infinity : jittered(defaults.maxPollMs);
    case 'consent':
    case 'declined':
    case 'expired':
    case 'blocked':
    case 'fallback':
    case 'ready':
      return Infinity;
    default:
      return state satisfies never;
  }
}

/** Failed session-key requests after which the gate asks less often. */
const keyFailuresBeforeSlow = 3;

/** When to request the session key, as wall-clock ms; `Infinity` if not by itself. */
export function keyDue({ now, keyNeeded, isFetchingKey, keyAllowedAt, keyFailure }: GateSnapshot): number {
  if (!keyNeeded || isFetchingKey) return Infinity;
  if (!keyFailure) return Math.max(now, keyAllowedAt);
  const { failure, count, at } = keyFailure;
  if (courseOf(failure) !== 'transient') return Infinity;
  const waitMs = count < keyFailuresBeforeSlow ? failingPollMs : defaults.maxPollMs;
  return Math.max(at > now ? now : at + waitMs, keyAllowedAt);
}
