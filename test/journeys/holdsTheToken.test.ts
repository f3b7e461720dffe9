import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

const endpoint = '/api/kyc-browser-tokens';

journey('a token the browser holds is registered once, and opens the form', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  const shareToken = await shop.handOut(visit.user);
  await visit.showGate({ endpoint, shareToken });
  await expectOpened(shop, visit);
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toMatchObject([{ status: 200 }]);
  // The one that the test itself had minted.
  expect(shop.log(visit.user).filter(logEntries.isMint)).toHaveLength(1);
});

journey(
  'a function that fetches a token is called once, and only where there is no record yet',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate({ endpoint }, { shareToken: 'fetching' });
    await expectOpened(shop, visit);
    expect(await visit.events()).toEqual(['checking', 'token', 'registering', 'ready']);
    const log = shop.log(visit.user);
    expect(log.filter(logEntries.isMint)).toHaveLength(1);
    expect(log.findIndex(logEntries.isMint)).toBeGreaterThan(
      log.findIndex((entry) => logEntries.isRead(entry) && entry.status === 401),
    );
  },
);

journey('a function that fetches a token is not called for a returning user', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate({ endpoint }, { shareToken: 'fetching' });
  await expectOpened(shop, visit);
  expect(await visit.events()).toEqual(['checking', 'ready']);
  expect(shop.log(visit.user).filter(logEntries.isMint)).toEqual([]);
});

journey('somebody else’s token is not passed on', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  const shareToken = await shop.handOut(shop.merchant.newUser('firstTime'));
  await visit.showGate({ endpoint, shareToken });
  await visit.heading('Not available for this account').waitFor();
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toEqual([]);
});
