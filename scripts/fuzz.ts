import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { breachesOf } from '../test/proof/invariants';
import { coreGates } from '../test/proof/openCoreGate';
import { playSchedule } from '../test/proof/playSchedule';
import { schedule } from '../test/proof/Schedule';

/**
 * Plays generated schedules on the client core until so many steps were taken, on every processor. `npm run fuzz -- <steps> <seed>`, by default a million steps and a new seed.
 * Each thousand schedules has a seed of its own. A breach is shrunk and printed with its seed; `npm run fuzz -- 1 <that seed>` plays it again.
 * Most schedules end once their gates have been steady for minutes; one in eight, and each that is being shrunk, has the whole quiet of three quarters of an hour, as all have in `npm test`.
 */
const steps = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

interface Batch {
  readonly taken: number;
  readonly played: number;
  readonly breach?: string;
}

if (process.send)
  process.on('message', (batchSeed: number) => void playBatch(batchSeed).then((batch) => process.send?.(batch)));
else playAll();

function playAll(): void {
  console.log(`fuzz: ${steps.toLocaleString('en')} steps, seed ${seed}`);
  const began = performance.now();
  let nextSeed = seed;
  let taken = 0;
  let played = 0;
  let toldAt = 0;
  const so = () => `${taken.toLocaleString('en')} steps in ${played.toLocaleString('en')} schedules`;
  const workers = Array.from({ length: availableParallelism() }, () => fork(fileURLToPath(import.meta.url)));
  for (const worker of workers) {
    worker.on('message', (batch: Batch) => {
      taken += batch.taken;
      played += batch.played;
      if (batch.breach !== undefined) {
        console.error(batch.breach);
        process.exitCode = 1;
        for (const other of workers) other.kill();
      } else if (taken < steps) worker.send(nextSeed++);
      else worker.disconnect();
      if (played < toldAt + 10_000) return;
      toldAt = played;
      console.log(so());
    });
    // One that dies has proved nothing.
    worker.on('exit', (code) => (process.exitCode ||= code ?? 0));
    worker.send(nextSeed++);
  }
  process.on('exit', () => {
    if (!process.exitCode && taken >= steps)
      console.log(`No invariant broken: ${so()}, ${Math.round((performance.now() - began) / 1_000)} s.`);
    else process.exitCode ||= 1;
  });
}

async function playBatch(batchSeed: number): Promise<Batch> {
  let taken = 0;
  let played = 0;
  let isShrinking = false;
  const result = await fc.check(
    fc.asyncProperty(schedule, async (given) => {
      taken += given.steps.length;
      const quiet = isShrinking || played++ % 8 === 0 ? 'full' : 'steady';
      const breaches = breachesOf(await playSchedule(given, coreGates, { quiet }));
      if (breaches.length === 0) return;
      isShrinking = true;
      throw new Error([...new Set(breaches)].join('\n'));
    }),
    { numRuns: 1_000, seed: batchSeed },
  );
  return {
    taken,
    played,
    ...(result.failed && { breach: `${String(result.errorInstance)}\n${await fc.asyncDefaultReportMessage(result)}` }),
  };
}
