import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'whose record the server has read while rendering gets the form at once, without another read or a POST',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    const initialRecord = await shop.merchant.handle.readInitialRecord({ userId: visit.user });
    await visit.showGate({ initialRecord });
    await expectOpened(shop, visit);
    expect(await visit.events()).toEqual(['ready']);
    expect(shop.log(visit.user).filter(logEntries.isRead)).toHaveLength(1);
    expect(shop.log(visit.user).filter(({ method }) => method !== 'GET')).toEqual([]);
  },
);

journey('a record of another user opens nothing', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  const other = shop.merchant.newUser('returning');
  const initialRecord = await shop.merchant.handle.readInitialRecord({ userId: other });
  await visit.showGate({ initialRecord });
  await expectOpened(shop, visit);
  expect(await visit.events()).toEqual(['checking', 'registering', 'processing', 'ready']);
  expect(shop.log(other).filter(logEntries.isPage)).toEqual([]);
});
