import fc from 'fast-check';
import { breachesOf } from '../test/proof/invariants';
import { coreGates } from '../test/proof/openCoreGate';
import { playSchedule } from '../test/proof/playSchedule';
import { schedule } from '../test/proof/Schedule';

/**
 * Plays generated schedules on the client core until so many steps were taken. `npm run fuzz -- <steps> <seed>`, by default a million steps and a new seed.
 * A breach is shrunk and printed with its seed.
 */
const steps = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(`fuzz: ${steps.toLocaleString('en')} steps, seed ${seed}`);

const began = performance.now();
let taken = 0;
let played = 0;
let batch = 0;
while (taken < steps) {
  const result = await fc.check(
    fc.asyncProperty(schedule, async (given) => {
      taken += given.steps.length;
      played++;
      const breaches = breachesOf(await playSchedule(given, coreGates));
      if (breaches.length > 0) throw new Error([...new Set(breaches)].join('\n'));
    }),
    { numRuns: 1_000, seed: seed + batch++ },
  );
  if (result.failed) {
    console.error(String(result.errorInstance));
    console.error(await fc.asyncDefaultReportMessage(result));
    process.exit(1);
  }
  if (batch % 10 === 0) console.log(`${taken.toLocaleString('en')} steps in ${played.toLocaleString('en')} schedules`);
}
console.log(`No invariant broken: ${taken.toLocaleString('en')} steps in ${played.toLocaleString('en')} schedules, ${Math.round((performance.now() - began) / 1000)} s.`);
