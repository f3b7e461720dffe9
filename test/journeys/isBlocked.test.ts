import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { journey } from './journey';

journey('whom Coinflow blocked is offered support and nothing else', async ({ shop, arrive }) => {
  const visit = await arrive('blocked');
  await visit.showGate({ whenReuseFails: 'coinflow-kyc', support: 'help@shop.test' });
  await visit.heading('Withdrawals are not available').waitFor();
  expect(await visit.page.getByRole('link', { name: 'Contact support' }).isVisible()).toBe(true);
  expect(await visit.gate.getByRole('button').count()).toBe(0);
  expect(await visit.states()).toEqual([{ status: 'checking' }, { status: 'blocked' }]);
  expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toEqual([]);
});

journey('whom Coinflow blocked stays so when a later answer lacks the field that says it', async ({ shop, arrive }) => {
  const visit = await arrive('blockedThenSilent');
  await visit.showGate();
  await visit.heading('Withdrawals are not available').waitFor();
  const reads = () => shop.log(visit.user).filter(logEntries.isRead);
  const before = reads().length;

  await visit.page.evaluate(() => window.merchant.recheck());
  await expect.poll(() => reads().length).toBe(before + 1);
  expect(reads().at(-1)).toMatchObject({ status: 200 });

  // Another gate on the same page, later.
  await visit.show(null);
  await visit.showGate();
  await visit.hears('checking', 2);
  await visit.heading('Withdrawals are not available').waitFor();
  expect(reads().length).toBeGreaterThan(before + 1);
  expect(await visit.events()).not.toContain('ready');
  expect(await visit.frames()).toEqual(['none']);
  expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);
});
