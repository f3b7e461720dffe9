import type { Browser } from 'playwright-core';
import { type Cell, networks } from './conditions';
import type { Shop } from './openShop';
import type { RowName } from './rows';
import { openingOf, visit } from './visit';

/** How long one user waited for the form. */
export interface Wait {
  /** From navigation to the request for Coinflow's page as its server saw it, in ms. */
  readonly ms: number;
  /** The same from the moment at which the page rendered its way to the form. */
  readonly fromMountMs: number;
}

/** Sends one new user through one way to the form. */
export async function measureWait(browser: Browser, shop: Shop, row: RowName, cell: Cell): Promise<Wait> {
  const userId = shop.newUser(cell.user);
  const options = {
    page: row,
    userId,
    isReturning: cell.user === 'returning',
    network: networks[cell.network],
    cpu: cell.cpu,
  };
  return visit(browser, shop, options, async (page) => {
    const openedAt = await openingOf(shop, userId);
    const { navigatedAt, mountMs } = await page.evaluate(() => ({
      navigatedAt: performance.timeOrigin,
      mountMs: performance.getEntriesByName('mount')[0]?.startTime,
    }));
    if (mountMs === undefined) throw new Error(`${row}: the page did not say when it mounted.`);
    const ms = Math.round(openedAt - navigatedAt);
    return { ms, fromMountMs: Math.round(openedAt - navigatedAt - mountMs) };
  });
}
