import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../test/browser/buildPage';
import { browserWeather, openChaos, providerWeather } from '../test/chaos/openChaos';
import { type Journey, playJourney } from '../test/chaos/playJourney';
import { findBrowser } from './findBrowser';
import { launchBrowser } from './launchBrowser';

/**
 * Sends users through a real browser in bad weather, and demands that each ends where that user belongs, with no invariant broken on the way.
 * `npm run chaos -- <journeys> <seed>`, by default 200 and a new seed. A seed repeats every choice; what meets what is a matter of real time.
 */
const count = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const parallel = 6 * availableParallelism();
const percent = (share: number) => `${Math.round(share * 100)} %`;
console.log(`chaos: ${count} journeys, ${parallel} at a time, seed ${seed}`);
for (const [where, { cut, failed, maxDelayMs }] of Object.entries({
  'browser to backend': browserWeather,
  'backend to providers': providerWeather,
})) {
  console.log(
    `${where}: ${percent(cut)} of the connections cut, ${percent(failed)} 5xx or 429, up to ${maxDelayMs / 1000} s late`,
  );
}

const { path } = await findBrowser();
const { folder, remove } = await buildPage(join(import.meta.dirname, '..', 'test', 'chaos', 'page'));
const chaos = await openChaos(folder, seed);
const browser = await launchBrowser(path, chaos.payoutPort);
const began = performance.now();
const journeys: Journey[] = [];
let next = 0;
const play = async () => {
  while (next < count) {
    const own = seed + 1_000 * ++next;
    journeys.push(await playJourney(browser, chaos, own).catch((error: unknown) => unplayed(own, error)));
    if (journeys.length % 20 === 0)
      console.log(`${journeys.length} journeys in ${secondsOf(performance.now() - began)}`);
  }
};
try {
  await Promise.all(Array.from({ length: parallel }, play));
} finally {
  await browser.close();
  await chaos.close();
  await remove();
}

const rows = [...grouped(journeys, ({ end }) => end)]
  .sort(([, a], [, b]) => b.length - a.length)
  .map(([end, all]) => {
    const times = all.map(({ ms }) => ms).sort((a, b) => a - b);
    return {
      end,
      journeys: all.length,
      median: secondsOf(times[Math.floor(times.length / 2)] ?? 0),
      worst: secondsOf(times.at(-1) ?? 0),
      'registrations per user': tallyOf(all.map(({ registrations }) => registrations)),
    };
  });
console.table(rows);
const ways = [
  ...grouped(
    journeys.flatMap((journey) => journey.ways),
    (way) => way,
  ),
].map(([way, all]) => `${way} ${all.length}`);
console.log(`on the way: ${ways.join(', ')}`);
console.log(
  `${journeys.length} journeys, ${chaos.killed()} kills of the providers, ${secondsOf(performance.now() - began)}.`,
);
const breaches = [...chaos.breaches, ...journeys.flatMap((journey) => journey.breaches)];
for (const breach of breaches) console.error(breach);
console.log(
  breaches.length === 0
    ? 'Every journey ended where it should, and no invariant was broken.'
    : `${breaches.length} breaches.`,
);
if (breaches.length > 0) process.exitCode = 1;

/** What could not be played proves nothing. */
function unplayed(own: number, error: unknown): Journey {
  return { end: 'not played', ways: [], ms: 0, registrations: 0, breaches: [`seed ${own}: ${String(error)}`] };
}

function secondsOf(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

/** `0×3 1×40 2×5`: forty users registered once. */
function tallyOf(numbers: readonly number[]): string {
  return [...grouped(numbers, (number) => number)]
    .sort(([a], [b]) => a - b)
    .map(([number, all]) => `${number}×${all.length}`)
    .join(' ');
}

function grouped<T, Key>(all: readonly T[], keyOf: (one: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
