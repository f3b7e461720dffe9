import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breachesOf } from './invariants';
import { coreGates } from './openCoreGate';
import { playSchedule } from './playSchedule';
import { schedule } from './Schedule';

it('keeps every invariant through 5,000 generated schedules of the client core', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (given) => {
      expect(breachesOf(await playSchedule(given, coreGates))).toEqual([]);
    }),
    { numRuns: Number(process.env.RUNS ?? 5_000), ...(process.env.SEED && { seed: Number(process.env.SEED) }) },
  );
});
