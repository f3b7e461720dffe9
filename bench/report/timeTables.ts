import { type Cell, cellName, cells, networks } from '../conditions';
import type { Results } from '../results';
import { rowNames, rows } from '../rows';
import { table } from './reach';
import { medianMs, ratioOf } from './timeReaches';

type Time = NonNullable<Results['time']>;

/** Ways that begin to ask before the gate is there. */
const prefetched = ['prefetch', 'prefetch-no-web3'] as const;

/** One table of medians and ratios, one of the prefetched rows from the gate's mount. */
export function timeTables(time: Time): string {
  const measured = cells.filter((cell) => time[cellName(cell)]);
  const shown = rowNames.filter((name) => measured.some((cell) => time[cellName(cell)]?.[name]));
  const early = prefetched.filter((name) => shown.includes(name));
  return [
    'From navigation to the request for Coinflow’s page: median in ms, and as a part of the guide’s way, whose runs lie between those of each row.',
    '',
    table(
      ['', ...shown.map((name) => rows[name].title)],
      measured.map((cell) => [titleOf(cell), ...shown.map((name) => figure(time, name, cell))]),
      1,
    ),
    ...(early.length === 0
      ? []
      : [
          '',
          'From the gate’s mount, 1 s after `prefetchKycReuse`, in ms:',
          '',
          table(
            ['', ...early.map((name) => rows[name].title)],
            measured.map((cell) => [
              titleOf(cell),
              ...early.map((name) => String(Math.round(medianMs(time, name, cell, true) ?? Number.NaN))),
            ]),
            1,
          ),
        ]),
  ].join('\n');
}

/** From which trees and days the figures are. */
export function timeOrigins(time: Time): string {
  const all = Object.values(time).flatMap((cell) => Object.values(cell));
  const runs = [...new Set(all.map((waits) => waits.runs.length))].sort((a, b) => a - b).join(' or ');
  const origins = [...new Set(all.map(({ date, commit }) => `${date}, ${commit}`))].join('; ');
  return `${runs} runs a row and cell. Measured ${origins}.`;
}

function figure(time: Time, name: (typeof rowNames)[number], cell: Cell): string {
  const [ms, ratio] = [medianMs(time, name, cell), ratioOf(time, name, cell)];
  if (ms === undefined || ratio === undefined) return '';
  return name === 'guide' ? String(Math.round(ms)) : `${Math.round(ms)} (${ratio.toFixed(2)})`;
}

function titleOf({ network, cpu, user, redemptionMs }: Cell): string {
  const who = user === 'returning' ? 'returning' : `first-time, ${redemptionMs / 1_000} s`;
  return `${networks[network].title.split(' (')[0] ?? network}, ${cpu}× CPU, ${who}`;
}
