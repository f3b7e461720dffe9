import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchBrowser } from '../scripts/launchBrowser';
import { buildPage } from './buildPage';
import { redemptions } from './conditions';
import { openShop, type SiteRequest } from './openShop';
import { type RowName, rows } from './rows';
import { openingOf, visit } from './visit';

/** What the backend was asked for by one first-time user. */
export interface RequestCounts {
  readonly row: RowName;
  readonly redemptionMs: number;
  readonly get: number;
  readonly post: number;
  readonly sessionKey: number;
  /** Of any kind, in the 6 s after Coinflow's page was asked for. */
  readonly afterOpening: number;
  /** How often Coinflow's page was asked for. */
  readonly openings: number;
}

const counted = ['guide', 'plain', 'kit'] as const satisfies readonly RowName[];
const watchMs = 6_000;

/** Counts requests in the backend's log, without any throttling. */
export async function countRequests(browserPath: string): Promise<RequestCounts[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-bench-'));
  const counts: RequestCounts[] = [];
  try {
    const built = counted.map(async (name) => {
      const page = await buildPage({
        ...rows[name],
        endpoint: `/api/${rows[name].backend}`,
        outDir: join(folder, name),
      });
      return [name, page] as const;
    });
    const pages = new Map(await Promise.all(built));
    for (const redemptionMs of redemptions) {
      const shop = await openShop({ pages, redemptionMs });
      const browser = await launchBrowser(browserPath, shop.payoutPort);
      try {
        for (const row of counted) {
          const userId = shop.newUser('first');
          const openedAt = await visit(browser, shop, { page: row, userId }, async () => {
            const at = await openingOf(shop, userId);
            await wait(watchMs);
            return at;
          });
          const asked = shop.log(userId).filter(({ kind }) => kind !== 'page' && kind !== 'file');
          const of = (kind: SiteRequest['kind']) => asked.filter((one) => one.kind === kind).length;
          counts.push({
            row,
            redemptionMs,
            get: of('GET'),
            post: of('POST'),
            sessionKey: of('session key'),
            afterOpening: asked.filter(({ at }) => at > openedAt).length,
            openings: shop.openings(userId).length,
          });
        }
      } finally {
        await browser.close();
        await shop.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return counts;
}
