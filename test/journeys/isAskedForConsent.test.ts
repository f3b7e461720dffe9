import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

const isHarmless = ({ service, method }: { service: string; method: string }) =>
  service === 'coinflow' && method === 'GET';

journey('who agrees is registered then, and gets the form', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  await visit.showGate({ endpoint: '/api/kyc-sumsub', requireConsent: true });
  await visit.heading('Use your existing verification?').waitFor();
  // Neither the vendor nor Coinflow was asked for anything but whether there is a record.
  expect(shop.log(visit.user).filter((entry) => !isHarmless(entry))).toEqual([]);

  await visit.button('Agree and continue').click();
  await expectOpened(shop, visit);
  expect(await visit.events()).toEqual(['checking', 'consent', 'registering', 'ready']);
  expect(shop.log(visit.user).filter(logEntries.isMint)).toHaveLength(1);
});

journey('who does not agree leaves, and nothing was shared', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  await visit.showGate({ requireConsent: true }, { cancel: true });
  await visit.button('Not now').click();
  await visit.hears('cancel');
  await visit.show(null);
  expect(await visit.events()).toEqual(['checking', 'consent', 'cancel']);
  // Neither the vendor nor Coinflow was asked for anything but whether there is a record.
  expect(shop.log(visit.user).filter((entry) => !isHarmless(entry))).toEqual([]);
});

journey('a returning user is not asked, since nothing needs to be shared', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate({ requireConsent: true });
  await expectOpened(shop, visit);
  expect(await visit.events()).toEqual(['checking', 'ready']);
});
