import { type Cell, cellName, cells, networks } from '../conditions';
import { median } from '../median';
import type { Results } from '../results';
import type { RowName } from '../rows';
import type { Reach } from './reach';

type Time = NonNullable<Results['time']>;

/** Milliseconds a script needs beyond its round trips, to arrive and to begin. */
const scriptMs = 150;

/** What was set out to be reached in time to form. */
export function timeReaches(time: Time): Reach[] {
  const firsts = cells.filter(({ user }) => user === 'first');
  const returning = cells.filter(({ user }) => user === 'returning');
  const slow = firsts.filter(({ redemptionMs }) => redemptionMs === 2_000);
  return [
    within(time, 'plain', 1, cells, 'Plain backend: at most 1.0 × the guide’s way in every cell'),
    medianWithin(time, 'plain', 0.95),
    within(time, 'kit', 0.9, cells, 'Kit: at most 0.9 × the guide’s way in every cell'),
    within(time, 'kit', 0.85, slow, 'Kit: at most 0.85 × where redemption takes 2 s'),
    within(
      time,
      'kit',
      0.7,
      slow.filter(({ network }) => network === 'slow4g'),
      'Kit: at most 0.7 × there on Slow 4G',
    ),
    nearLimit(time, 'record-no-web3', 'Kit, no-web3, server-read record'),
    nearLimit(time, 'prefetch-no-web3', 'Kit, no-web3, prefetched, from the gate’s mount', true),
    ...(['prefetch', 'prefetch-no-web3'] as const).map((row) => fromMount(time, row, returning)),
  ];
}

/** A row's time in a cell as a part of the guide's, from runs made between each other. */
export function ratioOf(time: Time, row: RowName, cell: Cell): number | undefined {
  const waits = time[cellName(cell)]?.[row];
  return waits && median(waits.runs.map(({ ms }) => ms)) / median(waits.guideMs);
}

/** Median in ms. */
export function medianMs(time: Time, row: RowName, cell: Cell, isFromMount = false): number | undefined {
  const waits = time[cellName(cell)]?.[row];
  return waits && median(waits.runs.map(({ ms, fromMountMs }) => (isFromMount ? fromMountMs : ms)));
}

function within(time: Time, row: RowName, most: number, among: readonly Cell[], aim: string): Reach {
  return judge(aim, among, (cell) => {
    const ratio = ratioOf(time, row, cell);
    return ratio === undefined ? undefined : { isGood: round(ratio) <= most, figure: ratio.toFixed(2), rank: ratio };
  });
}

function medianWithin(time: Time, row: RowName, most: number): Reach {
  const ratios = cells.map((cell) => ratioOf(time, row, cell)).filter((ratio) => ratio !== undefined);
  const found = median(ratios);
  return {
    aim: `Plain backend: median at most ${most}`,
    isReached: ratios.length === 0 ? undefined : round(found) <= most,
    found: ratios.length === 0 ? '' : `${found.toFixed(2)} over ${ratios.length} cells`,
  };
}

function nearLimit(time: Time, row: RowName, name: string, isFromMount = false): Reach {
  const aim = `${name}: at most the limit + 2 round trips + ${scriptMs} ms`;
  return judge(aim, cells, (cell) => {
    const [own, limit] = [medianMs(time, row, cell, isFromMount), medianMs(time, 'limit', cell)];
    if (own === undefined || limit === undefined) return undefined;
    const over = own - limit - 2 * networks[cell.network].latencyMs - scriptMs;
    return { isGood: over <= 0, figure: `${Math.round(over)} ms over`, rank: over };
  });
}

function fromMount(time: Time, row: RowName, among: readonly Cell[]): Reach {
  const name = row === 'prefetch' ? 'Kit, prefetched' : 'Kit, prefetched, no-web3';
  return judge(`${name}, returning user: form asked for within 50 ms of the gate’s mount`, among, (cell) => {
    const ms = medianMs(time, row, cell, true);
    return ms === undefined ? undefined : { isGood: ms <= 50, figure: `${Math.round(ms)} ms`, rank: ms };
  });
}

interface Verdict {
  readonly isGood: boolean;
  readonly figure: string;
  /** The higher, the worse. */
  readonly rank: number;
}

/** Holds each cell that was measured against an aim; names those that miss it, worst first, or else the worst. */
function judge(aim: string, among: readonly Cell[], look: (cell: Cell) => Verdict | undefined): Reach {
  const seen = among.flatMap((cell) => {
    const verdict = look(cell);
    return verdict ? [{ cell, ...verdict }] : [];
  });
  if (seen.length === 0) return { aim, isReached: undefined, found: '' };
  const sorted = seen.toSorted((a, b) => b.rank - a.rank);
  const bad = sorted.filter(({ isGood }) => !isGood);
  const shown = (bad.length > 0 ? bad : sorted.slice(0, 1)).map(({ cell, figure }) => `${cellName(cell)}: ${figure}`);
  return {
    aim,
    isReached: bad.length === 0,
    found: `${seen.length - bad.length} of ${seen.length} cells; ${bad.length > 0 ? '' : 'worst '}${shown.join(', ')}`,
  };
}

/** As it is shown. */
function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
