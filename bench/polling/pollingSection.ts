import { readAtMs as holdReadsAtMs } from '../../src/server/hold';
import { measures, shortfall } from './front';
import { holds, playHold } from './hold';
import { alternatives, chosen, competitors, family, type Schedule } from './schedules';
import { between, type Figures, logNormal, simulate } from './simulate';
import { limit, ownLimit, worstWindow } from './worstWindow';

const users = 20_000;

/** Log-normal redemptions with these medians, in s. */
const medians = [1.5, 8, 60] as const;

const worlds = worldsOf(users);
const short = shortOf(users);

/** Fewer, where thousands of schedules are compared. */
const gridUsers = 3_000;

/** The part of `bench/RESULTS.md` about polling: seeded, the same on every machine. */
export function pollingSection(): string {
  return `## Polling

\`npm run bench:polling\`: ${users.toLocaleString('en')} seeded users for each world. A record becomes readable at a log-normal time after the POST's answer
(sigma 0.6; 5 % never, until the deadline of 300 s). A read follows the answer at once, each takes 80 ms, jitter is ±20 %. Lag is the time from
readable to the answer that says so. The gate waits 0.7 s for the first two seconds, then 1.2 s × √(seconds waited), at most 10 s. Each cell: mean / p95 lag in s, and mean reads per user.

${table(
  [
    'schedule',
    ...worlds.map(({ name }) => name),
    'redemption 0.2 to 0.32 s',
    '0.3 to 3 s',
    '1.5 to 2.5 s',
    'most reads in 10 s',
  ],
  [chosen, ...competitors, ...alternatives].map((schedule) => [
    schedule.name,
    ...worlds.map(({ waits }) => cell(simulate(schedule, waits))),
    ...short.map((waits) => cell(simulate(schedule, waits))),
    String(worstWindow(schedule)),
  ]),
)}

${verdict()}

### The kit's hold

After Coinflow answered the POST, the kit asks at ${holdReadsAtMs.join(', ')} ms: eight reads, so nine with the browser's first. Mean / p95 lag in ms.

${table(
  ['schedule', 'median 1.5 s', 'always 0.3 s', 'always 2 s', '0.2 to 0.4 s', '1.8 to 2.2 s'],
  holds.map(({ name, readsAtMs }) => [name, ...redemptions.map((world) => holdCell(playHold(name, world, readsAtMs)))]),
)}
`;
}

const redemptions = [
  logNormal(1_500, users)
    .map(({ readableMs }) => readableMs)
    .filter(Number.isFinite),
  [300],
  [2_000],
  ...[between(200, 400, users), between(1_800, 2_200, users)].map((waits) =>
    waits.map(({ readableMs }) => readableMs).filter(Number.isFinite),
  ),
];

function verdict(): string {
  const gridShort = shortOf(gridUsers);
  const shortLags = (schedule: Schedule) => gridShort.map((waits) => simulate(schedule, waits).meanLagMs);
  const own = shortLags(chosen);
  const all = family();
  const allowed = all.filter((schedule) => worstWindow(schedule) <= ownLimit);
  const asQuick = allowed.filter((schedule) => shortLags(schedule).every((lag, i) => lag <= (own[i] ?? 0)));
  const off = worstShortfall(competitors, users);
  return `The gate's schedule is ${off === 0 ? 'on' : `${percent(off)} off`} the Pareto front of lag and reads, by mean and by p95, in each of the three worlds: none of the named is better at both.

Of ${all.length.toLocaleString('en')} schedules of its own form (${gridUsers.toLocaleString('en')} users each), ${allowed.length.toLocaleString('en')} keep Coinflow's limit: ${limit} reads of an absent record in 10 s. Of the ${ownLimit} that a schedule may want, a page puts one off, which leaves two to a second tab.
${asQuick.length} of these are as quick on short redemptions; the one that beats it most, at lag and reads at once, does so by ${percent(worstShortfall(asQuick, gridUsers))}.
One that is slower on short redemptions beats it by up to ${percent(worstShortfall(allowed, gridUsers))}: reads in the first seconds are lost on a redemption that takes a minute.`;
}

/** The largest share by which one of these is better than the gate at both lag and reads, by any measure in any world. */
function worstShortfall(rivals: readonly Schedule[], count: number): number {
  return Math.max(
    ...worldsOf(count).flatMap(({ waits }) => {
      const own = simulate(chosen, waits);
      const figures = rivals.map((rival) => simulate(rival, waits));
      return measures.map((measure) => shortfall(own, figures, measure));
    }),
  );
}

function worldsOf(count: number) {
  return medians.map((median) => ({ name: `median ${median} s`, waits: logNormal(median * 1_000, count) }));
}

function shortOf(count: number) {
  return [between(200, 320, count), between(300, 3_000, count), between(1_500, 2_500, count)];
}

function cell({ meanLagMs, p95LagMs, reads }: Figures): string {
  return `${(meanLagMs / 1_000).toFixed(2)} / ${(p95LagMs / 1_000).toFixed(2)}, ${reads.toFixed(1)}`;
}

function holdCell({ meanLagMs, p95LagMs }: { readonly meanLagMs: number; readonly p95LagMs: number }): string {
  return `${meanLagMs.toFixed(0)} / ${p95LagMs.toFixed(0)}`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
