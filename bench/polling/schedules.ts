import { pollInterval } from '../../src/gate/polling';
import { denseInterval, rootInterval } from './rootInterval';

/** When to read again. */
export interface Schedule {
  readonly name: string;
  /** @returns ms from one answer to the next read, for a jitter around 1 */
  wait(waitedMs: number, reads: number, jitter: number): number;
}

/** What the gate does. */
export const chosen = onTime('the gate', (waitedMs) => pollInterval(waitedMs));

/** What others do, and what the gate did before. */
export const competitors: readonly Schedule[] = [
  onTime('fixed 1 s', () => 1_000),
  onTime('fixed 2 s', () => 2_000),
  onTime('fixed 5 s', () => 5_000),
  { name: '1 s × 2ⁿ, at most 10 s', wait: (_, reads, jitter) => jitter * Math.min(1_000 * 2 ** (reads - 1), 10_000) },
  {
    name: '1 s × 1.5ⁿ, at most 5 s; 10 s after 15 s',
    wait: (waitedMs, reads, jitter) =>
      waitedMs >= 15_000
        ? jitter * 10_000
        : Math.max(reads < 3 ? 800 : 2_000, jitter * Math.min(1_000 * 1.5 ** (reads - 1), 5_000)),
  },
];

/** What was weighed and not taken. */
export const alternatives: readonly Schedule[] = [
  onTime('1.2 s × √waited, 0.55 s to 8 s', rootInterval(550, 1_200, 8_000)),
  onTime('1.3 s × √waited, 1 s to 8 s', rootInterval(1_000, 1_300, 8_000)),
  onTime('1.3 s × √waited, 0.4 s to 8 s', rootInterval(400, 1_300, 8_000)),
  onTime('550 ms + 0.5 × waited, at most 8 s', (waitedMs) => Math.min(550 + 0.5 * waitedMs, 8_000)),
];

/** Schedules of the gate's own form, with other constants. */
export function family(): readonly Schedule[] {
  return steps(500, 1_000, 100).flatMap((firstMs) =>
    steps(0, 3_000, 500).flatMap((denseMs) =>
      steps(900, 1_600, 100).flatMap((growthMs) =>
        steps(6_000, 12_000, 1_000).map((maxMs) =>
          onTime(
            `${firstMs} until ${denseMs}, ${growthMs}, ${maxMs}`,
            denseInterval(denseMs, firstMs, growthMs, maxMs),
          ),
        ),
      ),
    ),
  );
}

function onTime(name: string, interval: (waitedMs: number) => number): Schedule {
  return { name, wait: (waitedMs, _, jitter) => jitter * interval(waitedMs) };
}

function steps(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => from + i * by);
}
