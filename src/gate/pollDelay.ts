import { courseOf } from '../contract/courseOf';
import type { GateSnapshot } from './GateSnapshot';
import type { GateState } from './GateState';
import { defaultPolling, maxTimeoutMs, type PollingOptions, slowPollMs } from './timing';

/**
 * How long to wait before the next read, in ms; `false` where no read is to come by itself.
 *
 * @param polls reads made for the same wait, the first not counted
 * @param jitter between 0 and 1, the same for one wait, so that a re-evaluation does not move the timer
 */
export function pollDelay(
  state: GateState,
  { now, readFailure, registering }: GateSnapshot,
  polling: PollingOptions,
  polls: number,
  jitter: number,
): number | false {
  const [pollMs, maxPollMs] = [
    usable(polling.pollMs, defaultPolling.pollMs),
    usable(polling.maxPollMs, defaultPolling.maxPollMs),
  ];
  const jittered = (ms: number) => Math.round(ms * (0.8 + 0.4 * jitter));
  const backOff = Math.max(
    polls < 2 ? minPollMs : minLaterPollMs,
    jittered(Math.min(maxPollMs, pollMs * 1.5 ** polls)),
  );
  const hasEnded = state.status === 'failed' && courseOf(state.failure) !== 'transient';
  if (readFailure && courseOf(readFailure.failure) === 'transient' && !hasEnded) {
    return Math.max(backOff, (readFailure.failure.retryAt ?? 0) - now);
  }
  switch (state.status) {
    case 'registering':
      // The answer to a POST asks for a read at once; but it may be another tab's, or be long in coming.
      return registering ? Math.max(backOff, jittered(maxPollMs)) : backOff;
    case 'checking':
    case 'processing':
      return backOff;
    case 'needsInput':
      return jittered(slowPollMs);
    case 'delayed':
      return state.exhausted ? false : jittered(slowPollMs);
    case 'failed':
      return courseOf(state.failure) === 'transient' ? jittered(slowPollMs) : false;
    case 'consent':
    case 'declined':
    case 'expired':
    case 'blocked':
    case 'fallback':
    case 'ready':
      return false;
    default:
      return state satisfies never;
  }
}

/** A number of milliseconds, or the default for what is none: `setTimeout` takes `NaN`, and what is too long for it, for 0. */
function usable(ms: number | undefined, otherwise: number): number {
  return ms !== undefined && ms >= 0 && ms < maxTimeoutMs ? ms : otherwise;
}

/** Coinflow's NotFound limit is 10 reads in 10 s; the gate stays below it whatever `polling` says. */
const minPollMs = 800;

/** After the first two waits: the reads around a registration count as well. */
const minLaterPollMs = 2_000;
