import { expect } from 'vitest';
import { expectFormOf } from '../browser/expectFormOf';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'an amount that changes while the form is open is kept back with one warning, until reload',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    const show = (amount: number) => visit.showGate({ withdraw: { merchantId: 'acme', env: 'local', amount } });
    await show(25);
    await expectOpened(shop, visit);
    const amount = () => visit.form.locator('input[name=amount]').inputValue();
    expect(await amount()).toBe('25.00');
    const src = await visit.gate.locator('iframe').getAttribute('src');

    await show(50);
    await show(75);
    expect(visit.told()).toEqual([expect.stringContaining('`withdraw.amount` changed while the form is open')]);
    expect(await visit.gate.locator('iframe').getAttribute('src')).toBe(src);
    await expectOpened(shop, visit);

    await visit.page.evaluate(() => window.merchant.reload());
    await expect.poll(() => shop.log(visit.user).filter(logEntries.isPage).length).toBe(2);
    await expectFormOf(visit, visit.user);
    await expect.poll(amount).toBe('75.00');
    expect(await visit.events()).toEqual(['checking', 'ready']);
    expect(visit.told()).toHaveLength(1);
  },
);

journey(
  'an identity that changes while the form is open closes it in the same commit, and gates anew',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await visit.showGate({ withdraw: { merchantId: 'acme-two', env: 'local' } });
    await visit.gate.locator('iframe').waitFor({ state: 'attached' });
    const reads = shop.log(visit.user).filter(logEntries.isRead).length;
    const framesAfterCommit = await visit.page.evaluate((shown) => {
      window.merchant.show(shown);
      return document.querySelectorAll('iframe').length;
    }, visit.gateOf(visit.user));
    expect(framesAfterCommit).toBe(0);
    await expectFormOf(visit, visit.user);
    const log = shop.log(visit.user);
    expect(log.filter(logEntries.isRead).length).toBeGreaterThan(reads);
    expect(log.filter(logEntries.isPage).at(-1)?.path).toBe('/solana/withdraw/acme');
  },
);
