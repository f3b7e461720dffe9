import { expect } from 'vitest';
import { logEntries } from './logEntries';
import type { Shop } from './openShop';

const { isPage, isRead, isRegistration } = logEntries;

/**
 * The promise of the gate, from the log of the services: Coinflow's page was asked for once, or once for each of several tabs, after the record was readable and had been read, by the right user,
 * with at most one registration processed.
 */
export function expectOpenedOnTime(shop: Shop, user: string, forms = 1): void {
  const log = shop.log(user);
  const pages = log.filter(isPage);
  expect(pages).toHaveLength(forms);
  for (const page of pages) expect(page).toMatchObject({ recordExisted: true, userKey: `user:${user}` });
  const found = log.find((entry) => isRead(entry) && (entry.status === 200 || entry.status === 451));
  expect(found?.seq ?? Infinity).toBeLessThan(pages[0]?.seq ?? 0);
  const registration = log.find(({ readableAt }) => readableAt !== undefined);
  expect(pages[0]?.at ?? 0).toBeGreaterThanOrEqual(registration?.readableAt ?? 0);
  expect(log.filter((entry) => isRegistration(entry) && entry.status !== 429).length).toBeLessThanOrEqual(1);
}
