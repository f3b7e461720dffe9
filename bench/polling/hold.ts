import { readAtMs as holdReadsAtMs } from '../../src/server/hold';
import { summary } from './simulate';

/** How long the kit holds an answer by default, in ms. */
const holdMs = 8_000;

/** A read of the kit's own, made from a data centre: how long it takes, in ms. */
const kitLatencyMs = 80;

/** Lag of the kit's hold, from readable to the answer that tells the kit. */
export interface HoldFigures {
  readonly name: string;
  readonly meanLagMs: number;
  readonly p95LagMs: number;
}

/** Plays the hold for these redemptions, in ms after Coinflow answered the POST. What it misses, the browser's GET after it sees. */
export function playHold(name: string, redemptions: readonly number[], readsAtMs: readonly number[]): HoldFigures {
  const reads = [...readsAtMs.filter((at) => at < holdMs), holdMs];
  const lags = redemptions.flatMap((readableMs) => {
    const seenAt = reads.find((at) => at + kitLatencyMs / 2 >= readableMs);
    return seenAt === undefined ? [] : [seenAt + kitLatencyMs - readableMs];
  });
  return { name, ...summary(lags) };
}

/** Schedules to compare, each of eight reads. */
export const holds: readonly { readonly name: string; readonly readsAtMs: readonly number[] }[] = [
  { name: 'the kit', readsAtMs: holdReadsAtMs },
  { name: 'every 1 s', readsAtMs: [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000] },
  { name: '150, 250, 350 … ms', readsAtMs: [150, 400, 750, 1_200, 1_750, 2_400, 3_150, 4_000] },
  { name: '250 ms × 1.5ⁿ', readsAtMs: [250, 625, 1_188, 2_031, 3_297, 5_195] },
  {
    name: 'best for the median alone, none at once',
    readsAtMs: [875, 1_225, 1_600, 2_025, 2_525, 3_175, 4_050, 5_425],
  },
];
