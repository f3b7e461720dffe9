import type { Figures } from './simulate';

/** What a schedule's lag is judged by. */
export const measures = ['meanLagMs', 'p95LagMs'] as const;

/** One of them. */
export type Measure = (typeof measures)[number];

/**
 * How far a schedule is from the Pareto front of lag and reads: the share by which some rival is better at both. 0 on the front.
 */
export function shortfall(own: Figures, rivals: readonly Figures[], measure: Measure): number {
  return Math.max(
    0,
    ...rivals.map((rival) => Math.min(1 - rival.reads / own.reads, 1 - rival[measure] / own[measure])),
  );
}
