import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Network } from './conditions';
import type { Shop } from './openShop';

/** How a visit is made. */
export interface VisitOptions {
  readonly page: string;
  readonly userId: string;
  readonly isReturning?: boolean;
  /** Unthrottled where there is none. */
  readonly network?: Network;
  readonly cpu?: number;
}

/** Longest wait for the form, in ms. */
const patienceMs = 60_000;

/** Visits a page of the shop with nothing in any cache, and leaves again when `act` is done. */
export async function visit<T>(
  browser: Browser,
  shop: Shop,
  { page: name, userId, isReturning = false, network, cpu = 1 }: VisitOptions,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  // A context of its own has no cache, no connections and no code compiled before.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    await context.addCookies([{ name: 'user', value: userId, url: shop.url }]);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    shop.network.latencyMs = network?.latencyMs ?? 0;
    if (network) {
      const { latencyMs: latency, downloadThroughput, uploadThroughput } = network;
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency,
        downloadThroughput,
        uploadThroughput,
      });
    }
    if (cpu > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    const query = new URLSearchParams({ user: userId, ...(isReturning && { returning: '' }) });
    await page.goto(`${shop.url}/${name}/?${query}`, { waitUntil: 'commit', timeout: patienceMs });
    return await act(page);
  } finally {
    await context.close();
  }
}

/** When Coinflow's page was asked for, wall-clock ms. @throws {Error} when it was not, within a minute */
export async function openingOf(shop: Shop, userId: string): Promise<number> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const [first] = shop.openings(userId);
    if (first !== undefined) return first;
    await wait(10);
  }
  throw new Error(`${userId}: the form was not asked for within a minute.`);
}
