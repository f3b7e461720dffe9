import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../scripts/launchBrowser';
import { type BuiltPage, buildPage } from './buildPage';
import { type Cell, cellName } from './conditions';
import { missingFor } from './features';
import { measureWait, type Wait } from './measureWait';
import { median } from './median';
import { openShop, type Shop } from './openShop';
import { type Row, type RowName, rows } from './rows';

interface TimeOptions {
  readonly browserPath: string;
  readonly cells: readonly Cell[];
  readonly rows: readonly RowName[];
  readonly runs: number;
  /** Called when all runs of a cell are over. */
  readonly onCell: (cell: string, waits: ReadonlyMap<RowName, readonly Wait[]>) => Promise<void>;
}

/** Measures every row in every cell, row after row in each run, so that whatever else this machine does falls on all of them. */
export async function measureTimes({ browserPath, cells, rows: wanted, runs, onCell }: TimeOptions): Promise<void> {
  const possible = await possibleOf(wanted);
  const withRecord = new Set<string>(possible.filter((name) => isRecordGiven(rows[name])));
  const folder = await mkdtemp(join(tmpdir(), 'kyc-bench-'));
  try {
    const pages = await buildPages(possible, folder);
    for (const redemptionMs of new Set(cells.map((cell) => cell.redemptionMs))) {
      const shop = await openShop({ pages, withRecord, redemptionMs });
      const browser = await launchBrowser(browserPath, shop.payoutPort);
      const measure = (name: RowName, cell: Cell) => measurePatiently(browser, shop, name, cell);
      try {
        const group = cells.filter((cell) => cell.redemptionMs === redemptionMs);
        // The first visit of a browser is slower than all later ones.
        if (group[0]) await measure('guide', group[0]);
        for (const cell of group) await onCell(cellName(cell), await measureCell(measure, cell, possible, runs));
      } finally {
        await browser.close();
        await shop.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Rows that this tree can do. */
async function possibleOf(wanted: readonly RowName[]): Promise<RowName[]> {
  const possible: RowName[] = [];
  for (const name of wanted) {
    const missing = await missingFor(rows[name]);
    if (missing === undefined) possible.push(name);
    else console.log(`  ${name} is left out: ${missing}`);
  }
  return possible;
}

async function measureCell(
  measure: (name: RowName, cell: Cell) => Promise<Wait>,
  cell: Cell,
  names: readonly RowName[],
  runs: number,
): Promise<Map<RowName, Wait[]>> {
  const waits = new Map(names.map((name): [RowName, Wait[]] => [name, []]));
  for (let run = 0; run < runs; run++) {
    // Each run begins with another row, so that none is always the first.
    const from = run % names.length;
    for (const name of [...names.slice(from), ...names.slice(0, from)])
      waits.get(name)?.push(await measure(name, cell));
  }
  const figures = [...waits].map(([name, all]) => `${name} ${Math.round(median(all.map(({ ms }) => ms)))}`);
  console.log(`  ${cellName(cell)}: ${figures.join(', ')}`);
  return waits;
}

/** A visit that fails is made once more: one lost answer should not cost an hour. */
async function measurePatiently(browser: Browser, shop: Shop, name: RowName, cell: Cell): Promise<Wait> {
  try {
    return await measureWait(browser, shop, name, cell);
  } catch (error) {
    console.warn(`  ${cellName(cell)}, ${name}: once more, after ${String(error)}`);
    return measureWait(browser, shop, name, cell);
  }
}

function isRecordGiven(row: Row): boolean {
  return row.isRecordGiven ?? false;
}

/** One build a row: shared chunks would change what each has to load. */
async function buildPages(names: readonly RowName[], folder: string): Promise<Map<string, BuiltPage>> {
  const pages = new Map<string, BuiltPage>();
  for (const name of names) {
    const row = rows[name];
    pages.set(name, await buildPage({ ...row, endpoint: `/api/${row.backend}`, outDir: join(folder, name) }));
  }
  return pages;
}

/** About how long that takes, in minutes. From visits timed on two busy cores. */
export function estimateMinutes(wanted: readonly Cell[], rowCount: number, runs: number): number {
  const loadingSeconds = { cable: 1.9, fast4g: 2.2, slow4g: 5 };
  const seconds = wanted.map(
    ({ network, cpu, redemptionMs }) => loadingSeconds[network] + (cpu === 4 ? 1.6 : 0) + redemptionMs / 1_000,
  );
  return (seconds.reduce((sum, one) => sum + one, 0) * rowCount * runs) / 60;
}
