import { type Reach } from '../report/reach';

/** What was set out to be reached: the rows of `RESULTS.md`, in order. Bounded on loopback; ratios are of one run. */
export const aims = {
  reads: 'Throughput of reads on `node:http`: ≥ 0.9 of a hand-written proxy',
  visits: 'Throughput of whole first visits: ≥ 0.9 of a hand-written proxy',
  memory: '10,000 held requests on one instance: ≤ 400 MB',
  wake: 'Waking one of them by a webhook: ≤ 20 ms, median',
  wakeAcross: 'Waking one on another instance, over Redis: ≤ 40 ms, median',
  readsPerUser: '2,000 users in 10 s, with webhooks: ≤ 1.2 reads of Coinflow per user beside its registration',
  budget: 'The same with every webhook lost: never above the budget',
  nobodyStarves: 'The same with every webhook lost: nobody starves',
} as const;

/** One of the aims. */
export type Aim = keyof typeof aims;

/** A part of the bench: what it found of the aims, and the figures behind it. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  readonly found: { readonly [A in Aim]?: Omit<Reach, 'aim'> };
}

/** Megabytes, as people count them. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** @param part 0 to 1 */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
