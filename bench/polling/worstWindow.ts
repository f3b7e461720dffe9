import type { Schedule } from './schedules';
import { jitterRange } from './simulate';

/** Coinflow's NotFound limit: this many reads of an absent record … */
export const limit = 10;

/** … in so many ms. */
const windowMs = 10_000;

/**
 * Most reads that a schedule may want in 10 s. A page makes 8, and puts a ninth off by up to two seconds: a second tab, which waits for the
 * registration's lock, reads every 10 s, less jitter, so twice in 10 s.
 */
export const ownLimit = limit - 1;

/** Most reads that one gate makes in any 10 s, the look before its POST included: at the worst jitter, on slow and fast lines, with the look shortly or long before. */
export function worstWindow(schedule: Schedule): number {
  let worst = 0;
  for (const jitter of jitterRange)
    for (const latencyMs of [0, 40, 80, 300])
      for (const lookedMs of [-100, -300, -1_000])
        worst = Math.max(worst, mostInWindow([lookedMs, ...readsOf(schedule, jitter, latencyMs)]));
  return worst;
}

/** When reads leave in the first minute; they get no denser after it. */
function readsOf(schedule: Schedule, jitter: number, latencyMs: number): readonly number[] {
  const leaves: number[] = [];
  for (let leavesMs = 0; leavesMs < 60_000;) {
    leaves.push(leavesMs);
    leavesMs += latencyMs + schedule.wait(leavesMs + latencyMs, leaves.length, jitter);
  }
  return leaves;
}

/** Most of these times, in ascending order, that lie within one window. */
export function mostInWindow(times: readonly number[]): number {
  let most = 0;
  let oldest = 0;
  times.forEach((time, index) => {
    while ((times[oldest] ?? time) <= time - windowMs) oldest++;
    most = Math.max(most, index - oldest + 1);
  });
  return most;
}
