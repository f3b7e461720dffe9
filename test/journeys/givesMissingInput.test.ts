import { expect } from 'vitest';
import { userKeyOf } from '../../simulator';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

const link = 'https://sandbox.coinflow.cash/verify/one-more-thing';

journey('who has more to tell Coinflow gets the form by default, since that asks for it', async ({ shop, arrive }) => {
  const visit = await arrive('needsInput');
  await visit.showGate({ endpoint: '/api/kyc-sumsub' });
  await expectOpened(shop, visit);
  expect(shop.log(visit.user).find((entry) => logEntries.isRead(entry) && entry.status === 451)).toBeDefined();
});

journey(
  'who has more to tell is shown the link, in a new tab, and goes on by itself once the input is given',
  async ({ shop, arrive }) => {
    const visit = await arrive('needsInput', { ownClock: true });
    await visit.showGate({ endpoint: '/api/kyc-sumsub', openWhen: 'verified' });
    await visit.heading('One more detail is needed').waitFor();
    const continues = visit.page.getByRole('link', { name: 'Continue' });
    expect(await continues.getAttribute('href')).toBe(link);
    expect(await continues.getAttribute('target')).toBe('_blank');
    expect(await continues.getAttribute('rel')).toContain('noopener');
    expect(await visit.frames()).toEqual(['none']);
    shop.simulator.giveInput(userKeyOf(visit.user));
    await visit.page.clock.fastForward(12_000);
    await expectOpened(shop, visit);
    expect(shop.log(visit.user).find(logEntries.isPage)?.seq).toBeGreaterThan(
      shop.log(visit.user).findLast(({ status }) => status === 451)?.seq ?? Infinity,
    );
  },
);

journey('who comes back from the link finds the form without waiting for the next poll', async ({ shop, arrive }) => {
  const visit = await arrive('needsInput', { ownClock: true });
  await visit.showGate({ endpoint: '/api/kyc-sumsub', openWhen: 'verified' });
  await visit.heading('One more detail is needed').waitFor();
  // From here on no time passes for the page: what it asks now, it asks because the user is back.
  await visit.page.clock.pauseAt(await visit.page.evaluate(() => Date.now() + 1_000));
  const before = await visit.asked();
  await visit.elsewhere(() => shop.simulator.giveInput(userKeyOf(visit.user)));
  await expect.poll(() => visit.asked()).toEqual([...before, 'GET']);
  await visit.page.clock.resume();
  await expectOpened(shop, visit);
});
