import { expect } from 'vitest';
import { expectFormOf } from '../browser/expectFormOf';
import { expectOpenedOnTime } from '../browser/expectOpenedOnTime';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';
import { recordIsHidden } from './recordIsHidden';

journey(
  'a cache that is persisted holds the record and no secret, and what is restored of it opens nothing',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate(byReads, { queryClient: 'persisted' });
    await expectOpened(shop, visit);
    const stored = () => visit.page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    await expect.poll(stored).toContain('approved');

    shop.simulator.inject(recordIsHidden(visit.user));
    await visit.page.reload();
    await visit.showGate(byReads, { queryClient: 'persisted' });
    await visit.hears('processing');
    expect(
      await visit.page.evaluate(() => window.merchant.queryClient.getQueryCache().getAll().length),
    ).toBeGreaterThan(0);
    expect(await visit.frames()).toEqual(['none']);

    shop.simulator.clearFaults();
    await expectFormOf(visit, visit.user);
    expectOpenedOnTime(shop, visit.user, 2);
  },
);

journey(
  'nothing that TanStack’s devtools do to the cache opens the gate, registers again, or keeps it from opening later',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.simulator.inject(recordIsHidden(visit.user));
    await visit.showGate(byReads, { queryClient: 'inspected' });
    await visit.hears('processing');
    const panel = visit.page.locator('.tsqd-parent-container');
    await panel.getByText('kyc-reuse-gate').first().click();
    for (const name of ['Refetch', 'Invalidate', 'Reset', 'Trigger Loading', 'Trigger Error', 'Remove']) {
      await panel.getByRole('button', { name, exact: true }).click();
    }
    const reads = async () => (await visit.asked()).filter((method) => method === 'GET').length;
    const before = await reads();
    await expect.poll(reads, { timeout: 15_000 }).toBeGreaterThan(before + 1);
    expect(await visit.frames()).toEqual(['none']);

    shop.simulator.clearFaults();
    await expectOpened(shop, visit);
    expect((await visit.asked()).filter((method) => method === 'POST')).toHaveLength(1);
  },
);
