import { expect } from 'vitest';
import { userKeyOf } from '../../simulator';
import { expectFormOf } from '../browser/expectFormOf';
import { expectOpenedOnTime } from '../browser/expectOpenedOnTime';
import { logEntries } from '../browser/logEntries';
import type { Shop, Visit } from '../browser/openShop';
import { byReads, journey } from './journey';
import { recordIsHidden } from './recordIsHidden';

type Tab = Visit & { readonly user: string };

/** Every tab shows the form; Coinflow got one token, and the vendor gave one. */
async function expectAllOpened(shop: Shop, tabs: readonly Tab[]): Promise<void> {
  const { user } = tabs[0] as Tab;
  for (const tab of tabs) await expectFormOf(tab, user);
  expectOpenedOnTime(shop, user, tabs.length);
  expect(shop.log(user).filter(logEntries.isRegistration)).toMatchObject([{ status: 200 }]);
  expect(shop.log(user).filter(logEntries.isMint)).toHaveLength(1);
}

/** POSTs of all tabs to the merchant's backend, which would itself make one registration of several. */
async function posts(tabs: readonly Visit[]): Promise<number> {
  const asked = await Promise.all(tabs.map((tab) => tab.asked()));
  return asked.flat().filter((method) => method === 'POST').length;
}

journey.for([2, 4])(
  '%i tabs that open at once register once, by one POST, and all get the form',
  async (count, { shop, arrive }) => {
    const first = await arrive('firstTime');
    const tabs = [first, ...(await Promise.all(Array.from({ length: count - 1 }, first.openTab)))];
    // As often as a gate asks by itself: with the held POST's reads that stays below Coinflow's limit.
    await Promise.all(tabs.map((tab) => tab.showGate({ polling: {} })));
    await expectAllOpened(shop, tabs);
    expect(await posts(tabs)).toBe(1);
    expect(shop.log(first.user).filter(({ status }) => status === 429)).toEqual([]);
  },
);

journey(
  'tabs of a browser without locks register once all the same: the kit takes one token a minute',
  async ({ shop, arrive }) => {
    const first = await arrive('firstTime', { withoutLocks: true });
    const second = await first.openTab();
    expect(await first.page.evaluate(() => 'locks' in navigator)).toBe(false);
    await Promise.all([first.showGate(), second.showGate()]);
    await expectAllOpened(shop, [first, second]);
  },
);

journey(
  'a tab goes on where the one that was registering is closed, without a second registration',
  async ({ shop, arrive }) => {
    const first = await arrive('firstTime');
    const second = await first.openTab();
    shop.simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: userKeyOf(first.user),
      times: 1,
      kind: { delayMs: 1_500 },
    });
    const sent = first.page.waitForRequest((request) => request.method() === 'POST');
    await first.showGate();
    await sent;
    await second.showGate();
    await second.hears('registering');
    expect(await posts([second])).toBe(0);
    await first.page.close();
    await expectAllOpened(shop, [second]);
  },
);

journey(
  'a tab goes on where the one that waits for the record is closed, without a second registration',
  async ({ shop, arrive }) => {
    const first = await arrive('firstTime');
    const second = await first.openTab();
    shop.simulator.inject(recordIsHidden(first.user));
    await first.showGate(byReads);
    await first.hears('processing');
    await second.showGate(byReads);
    await second.hears('registering');
    expect(await posts([second])).toBe(0);
    await first.page.close();
    await second.hears('processing');
    shop.simulator.clearFaults();
    await expectAllOpened(shop, [second]);
  },
);

journey(
  'a gate that is taken away while its registration’s record is awaited lets other tabs look at once',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.simulator.inject(recordIsHidden(visit.user));
    await visit.showGate(byReads);
    await visit.hears('processing');
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toMatchObject([{ status: 200 }]);
    const [before, after] = await visit.page.evaluate(async () => {
      const locks = async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return [...held, ...pending].map(({ name }) => name);
      };
      const mounted = await locks();
      window.merchant.show(null);
      // The browser hears of it a moment later. The lock would be let go by itself as well, after 15 s.
      await new Promise((resolve) => setTimeout(resolve, 100));
      return [mounted, await locks()];
    });
    expect(before).toEqual([lockOf(shop, visit)]);
    expect(after).toEqual([]);
  },
);

journey(
  'where another page holds the lock and never lets go, the gate reads on, and opens once the record is there',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { ownClock: true });
    await holdLock(shop, visit);
    await visit.showGate();
    await visit.hears('registering');
    // As if that page had registered, and was hidden before it saw the record.
    shop.simulator.setScenario(userKeyOf(visit.user), 'returning');
    await visit.page.clock.fastForward(6_500);
    await expectFormOf(visit, visit.user);
    expectOpenedOnTime(shop, visit.user);
    expect(await posts([visit])).toBe(0);
  },
);

journey(
  'where another page holds the lock for long, the gate polls, tells the user, and registers once it is let',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { ownClock: true });
    const holder = await holdLock(shop, visit);
    await visit.showGate();
    await visit.hears('registering');
    const asked = (await visit.asked()).length;
    await visit.page.clock.fastForward(15_500);
    await expect.poll(async () => (await visit.asked()).length).toBeGreaterThan(asked);
    await visit.page.clock.fastForward(15_500);
    await visit.heading('This takes longer than usual').waitFor();
    expect(await posts([visit])).toBe(0);

    // The gate waits for the lock again, and gets it.
    await holder.page.close();
    await expectAllOpened(shop, [visit]);
    expect(await posts([visit])).toBe(1);
  },
);

journey('who reloads again and again while the record is awaited is registered once', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  shop.simulator.inject(recordIsHidden(visit.user));
  await visit.showGate(byReads);
  await visit.hears('processing');
  for (let i = 0; i < 4; i++) {
    await visit.page.reload();
    await visit.showGate(byReads);
    await visit.hears('processing');
  }
  shop.simulator.clearFaults();
  await expectAllOpened(shop, [visit]);
});

/** Another tab takes the lock of this user's registrations, and hangs. */
async function holdLock(shop: Shop, { openTab, user }: Tab & { openTab: () => Promise<Visit> }): Promise<Visit> {
  const tab = await openTab();
  const name = lockOf(shop, { user });
  await tab.page.evaluate((it) => void navigator.locks.request(it, () => new Promise(() => {})), name);
  await expect
    .poll(() => tab.page.evaluate(() => navigator.locks.query().then(({ held }) => held?.map((lock) => lock.name))))
    .toEqual([name]);
  return tab;
}

/** The name under which tabs hold back each other's registrations of this user. */
function lockOf(shop: Shop, { user }: Pick<Tab, 'user'>): string {
  return `kyc-reuse-gate ${JSON.stringify([`${shop.url}/api/kyc`, user])}`;
}
