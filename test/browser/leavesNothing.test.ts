import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectBytes } from './objectBytes';
import { openShop, type Shop } from './openShop';

/** How many gates are mounted and taken away. 1,000 in the full checks. */
const cycles = Number(process.env.CYCLES ?? 80);

/** What each page has come to hold for good after so many. */
const warmUp = Math.min(200, cycles / 2);

/** How many bytes more the page may hold after so many gates. One in eight registers at an address of its own, and a page remembers each registration, so that it makes no second. */
const allowance = (gates: number) => 100 * gates + 2_000 * Math.ceil(gates / 8);

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe('a page in which gates came and went, each taken away at another point of its way', () => {
  it(
    `holds no timer, listener, lock, node or request of ${cycles} gates, and its heap stays flat`,
    { timeout: 900_000 },
    async () => {
      const { page, devtools } = await shop.openOther('/cycles.html');
      await run(page, warmUp);
      await expect.poll(() => begun(page)).toEqual({ timers: 0, requests: 0, locks: 0 });
      const early = await held(devtools);
      await run(page, cycles - warmUp);
      await expect.poll(() => begun(page)).toEqual({ timers: 0, requests: 0, locks: 0 });
      const late = await held(devtools);
      console.log(
        `kyc-reuse-gate tests: after ${warmUp} and ${cycles} gates the page holds ${JSON.stringify([early, late])}`,
      );
      expect({ ...late, bytes: 0 }).toEqual({ ...early, bytes: 0 });
      expect(late.bytes - early.bytes).toBeLessThan(allowance(cycles - warmUp));
      expect(Object.keys(await page.evaluate(() => window.cycles.leftIn)).sort()).toEqual([
        'checking',
        'failed',
        'form',
        'once',
        'processing',
        'ready',
        'registering',
      ]);
      await page.context().close();
    },
  );

  it('would be found out, if they left something of each kind behind', async () => {
    const { page, devtools } = await shop.openOther('/cycles.html');
    await run(page, 16);
    await expect.poll(() => begun(page)).toEqual({ timers: 0, requests: 0, locks: 0 });
    const early = await held(devtools);
    await run(page, 8, true);
    await expect.poll(() => begun(page)).toEqual({ timers: 8, requests: 8, locks: 8 });
    const late = await held(devtools);
    expect(late.listeners).toBeGreaterThan(early.listeners);
    expect(late.nodes).toBeGreaterThan(early.nodes);
    expect(late.bytes - early.bytes).toBeGreaterThan(allowance(8));
    await page.context().close();
  });
});

const run = (page: Page, times: number, leak = false) =>
  page.evaluate(([count, leaky]) => window.cycles.run(count, leaky), [times, leak] as const);

/** What the page has begun and not ended. */
const begun = (page: Page) =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return { timers: window.live.timers.size, requests: window.live.requests, locks: held.length + pending.length };
  });

/** What the browser holds for the page, once it has let go of what it can. */
async function held(
  devtools: CDPSession,
): Promise<{ readonly documents: number; readonly nodes: number; readonly listeners: number; readonly bytes: number }> {
  const bytes = await objectBytes(devtools);
  const { documents, nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  return { documents, nodes, listeners: jsEventListeners, bytes };
}
