import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { type Arrived, journey } from './journey';

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
  expect(await visit.events()).toEqual(['checking', 'registering', 'ready']);
  expect(shop.log(other).filter(logEntries.isPage)).toEqual([]);
});

/** Reads of the record and registrations, in their order; not the session key. */
function watchRequests({ page }: Arrived): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/api/kyc' && !url.searchParams.has('session')) asked.push(request.method());
  });
  return asked;
}

journey(
  'of whom the server has read no record while rendering is registered at once, without another read',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const asked = watchRequests(visit);
    const initialRecord = await shop.merchant.handle.readInitialRecord({ userId: visit.user });
    expect(initialRecord).toEqual({ subject: visit.user, record: null });
    await visit.showGate({ initialRecord, polling: {} });
    await expectOpened(shop, visit);
    expect(asked).toEqual(['POST']);
  },
);

journey('who comes back to such a page by the browser’s history is looked up first', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  // From before the record came.
  const initialRecord = { subject: visit.user, record: null };
  await visit.page.goto('about:blank');
  await visit.page.goBack();
  const asked = watchRequests(visit);
  await visit.showGate({ initialRecord });
  await expectOpened(shop, visit);
  expect(asked).toEqual(['GET']);
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toEqual([]);
});
