import { expect } from 'vitest';
import { userKeyOf } from '../../simulator';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

const endpoint = '/api/kyc-browser-tokens';

journey('a fixed token that was refused is not offered, nor sent, a second time', async ({ shop, arrive }) => {
  const visit = await arrive('refused');
  const shareToken = await shop.handOut(visit.user);
  await visit.showGate({ endpoint, shareToken });
  await visit.heading('Your verification could not be used').waitFor();
  expect(await visit.gate.getByRole('button').allTextContents()).toEqual(['Reload']);

  await visit.show(null);
  await visit.showGate({ endpoint, shareToken });
  await visit.hears('checking', 2);
  await visit.heading('Your verification could not be used').waitFor();
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toMatchObject([{ status: 400 }]);

  // A new one may go.
  await visit.showGate({ endpoint, shareToken: await shop.handOut(visit.user) });
  await expect.poll(() => shop.log(visit.user).filter(logEntries.isRegistration).length).toBe(2);
});

journey('a fixed token that was refused is not sent by another tab, nor after a reload', async ({ shop, arrive }) => {
  const first = await arrive('refused');
  const shareToken = await shop.handOut(first.user);
  const second = await first.openTab();
  await Promise.all([first.showGate({ endpoint, shareToken }), second.showGate({ endpoint, shareToken })]);
  for (const tab of [first, second]) await tab.heading('Your verification could not be used').waitFor();
  await first.page.reload();
  await first.showGate({ endpoint, shareToken });
  await first.heading('Your verification could not be used').waitFor();
  // Each page had it refused, and looked for a record once more: only the first by Coinflow.
  for (const tab of [first, second]) expect(await tab.events()).toContain('error tokenRefused');
  expect((await first.asked()).filter((method) => method === 'POST')).toHaveLength(2);
  expect((await second.asked()).filter((method) => method === 'POST')).toHaveLength(1);
  expect(shop.log(first.user).filter(logEntries.isRegistration)).toMatchObject([{ status: 400 }]);
});

journey(
  'a fixed token whose registration got no answer is looked after by reads, and never sent again',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { ownClock: true });
    const shareToken = await shop.handOut(visit.user);
    shop.simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: userKeyOf(visit.user),
      times: 1,
      kind: 'drop',
    });
    await visit.showGate({ endpoint, shareToken });
    await visit.hears('processing');
    await visit.page.clock.fastForward(11_000);
    await visit.heading('Your verification could not be used').waitFor();
    expect(await visit.events()).toContain('error tokenSpent');
    expect(await visit.gate.getByRole('button').allTextContents()).toEqual(['Reload']);
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toHaveLength(1);
  },
);

journey(
  'a registration whose answer was lost on the way still opens the form, without a second one',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: userKeyOf(visit.user),
      times: 1,
      afterProcessing: true,
      kind: 'drop',
    });
    await visit.showGate({ endpoint, shareToken: await shop.handOut(visit.user) });
    await expectOpened(shop, visit);
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toHaveLength(1);
  },
);
