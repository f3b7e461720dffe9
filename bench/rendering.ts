import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../scripts/launchBrowser';
import { type BuiltPage, buildPage } from './buildPage';
import { networks } from './conditions';
import { openShop, type Shop } from './openShop';
import type { Counted } from './pages/rendering/Counted';
import { type LongTask, readLongTasks, traceCategories } from './longTasks';
import { openingOf, visit } from './visit';

/** What rendering costs a merchant's page, counted. */
export interface Rendering {
  /** Renders of the merchant's components after the first, until the form is seen. */
  readonly merchantRenders: number;
  /** States the gate was in, in their order. */
  readonly states: readonly string[];
  /** Commits in which something inside the gate rendered, by the state it was in. */
  readonly commits: Readonly<Record<string, number>>;
  /** Renders of the gate itself, by the state it was in. */
  readonly renders: Readonly<Record<string, number>>;
  readonly parentRenders: number;
  /** How often the frame's `src` was set, over all those renders. */
  readonly sourcesSet: number;
  /** How often Coinflow's page was asked for. */
  readonly openings: number;
  /** Cumulative layout shift from the first frame to the open form, unthrottled and on Fast 4G at 4× CPU. */
  readonly shifts: readonly number[];
  /** Visits at 4× CPU: their long tasks, and the most that code of ours, with all it called, took of any task, in ms. */
  readonly slow: readonly { readonly longTasks: readonly LongTask[]; readonly longestOfOursMs: number }[];
}

const parentRenders = 1_000;
const slowVisits = 3;

/** Watches one first-time user unthrottled, and some at 4× CPU on Fast 4G. */
export async function measureRendering(browserPath: string): Promise<Rendering> {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-bench-'));
  try {
    const built = await buildPage({
      page: 'rendering',
      endpoint: '/api/kit',
      outDir: join(folder, 'rendering'),
      isProfiled: true,
    });
    const shop = await openShop({ pages: new Map([['rendering', built]]), redemptionMs: 2_000 });
    const browser = await launchBrowser(browserPath, shop.payoutPort);
    try {
      return await watch(browser, shop, built);
    } finally {
      await browser.close();
      await shop.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function watch(browser: Browser, shop: Shop, built: BuiltPage): Promise<Rendering> {
  const userId = shop.newUser('first');
  const counts = await visit(browser, shop, { page: 'rendering', userId }, async (page) => {
    const open = await untilShown(page, shop, userId);
    await page.evaluate(async (times) => {
      for (let i = 0; i < times; i++) {
        window.renderAgain();
        // Effects and observers have their turn between the renders.
        await new Promise((resolve) => setTimeout(resolve));
      }
    }, parentRenders);
    const { merchant, sources } = await countedIn(page);
    const balanceAndFooter = 2;
    if (merchant !== open.merchant + parentRenders * balanceAndFooter)
      throw new Error('The page did not render as often as it was told to.');
    await proveShiftsCount(page);
    return { ...open, sources };
  });
  const slow = [];
  for (let i = 0; i < slowVisits; i++) slow.push(await watchSlowly(browser, shop, built));
  return {
    merchantRenders: counts.merchant - 2,
    states: counts.states,
    commits: tally(counts.commits),
    renders: tally(counts.renders),
    parentRenders,
    sourcesSet: counts.sources.length,
    openings: shop.openings(userId).length,
    shifts: [counts.shift, ...slow.map(({ shift }) => shift)],
    slow: slow.map(({ longTasks, longestOfOursMs }) => ({ longTasks, longestOfOursMs })),
  };
}

async function watchSlowly(browser: Browser, shop: Shop, built: BuiltPage) {
  const userId = shop.newUser('first');
  await browser.startTracing(undefined, { categories: traceCategories });
  const options = { page: 'rendering', userId, network: networks.fast4g, cpu: 4 };
  const { shift } = await visit(browser, shop, options, (page) => untilShown(page, shop, userId));
  const trace = await browser.stopTracing();
  return { shift, ...readLongTasks(trace.toString(), built) };
}

/** Waits for the form to be seen, and for what comes after it. */
async function untilShown(page: Page, shop: Shop, userId: string): Promise<Counted> {
  await openingOf(shop, userId);
  await page.waitForFunction(() => {
    const frame = document.querySelector('iframe');
    return frame !== null && getComputedStyle(frame).visibility === 'visible';
  });
  await wait(1_000);
  return countedIn(page);
}

/** A page that would count no shift proves nothing by having counted none. */
async function proveShiftsCount(page: Page): Promise<void> {
  const { shift } = await countedIn(page);
  await page.evaluate(() => {
    const block = document.createElement('div');
    block.style.height = '100px';
    document.body.prepend(block);
  });
  await page.waitForFunction((before) => window.counted.shift > before, shift);
}

function countedIn(page: Page): Promise<Counted> {
  return page.evaluate(() => window.counted);
}

/** How many there are of each. */
function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
