import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breachesOf } from './invariants';
import { coreGates } from './openCoreGate';
import { playSchedule } from './playSchedule';
import { schedule } from './Schedule';

// A fixed seed, so that a failure is the change's; `npm run fuzz` takes new ones.
it('keeps every invariant through 5,000 generated schedules of the client core', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (given) => {
      expect(breachesOf(await playSchedule(given, coreGates))).toEqual([]);
    }),
    // Nobody reads how a planted bug shrinks.
    { numRuns: 5_000, seed: 5, endOnFailure: process.env.PLANTED !== undefined },
  );
});
