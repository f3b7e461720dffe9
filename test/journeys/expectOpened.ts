import { expectFormOf } from '../browser/expectFormOf';
import { expectOpenedOnTime } from '../browser/expectOpenedOnTime';
import type { Shop, Visit } from '../browser/openShop';

/** The journey ends well: this user sees the payout form, and the log of the services proves that it was opened on time. */
export async function expectOpened(shop: Shop, visit: Visit & { readonly user: string }): Promise<void> {
  await expectFormOf(visit, visit.user);
  expectOpenedOnTime(shop, visit.user);
}
