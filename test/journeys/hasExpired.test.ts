import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey('whose verification has expired is registered afresh, once, and gets the form', async ({ shop, arrive }) => {
  const visit = await arrive('expired');
  await visit.showGate();
  await expectOpened(shop, visit);
  const log = shop.log(visit.user);
  expect(log.filter(logEntries.isMint)).toHaveLength(1);
  expect(log.filter(logEntries.isRegistration)).toHaveLength(1);
  const registered = log.find(logEntries.isRegistration)?.seq ?? Infinity;
  expect(log.find(logEntries.isRead)).toMatchObject({ status: 200 });
  // Not the expired record opened the form, but one that was read after the registration.
  expect(log.some((entry) => logEntries.isRead(entry) && entry.status === 200 && entry.seq > registered)).toBe(true);
  expect(log.find(logEntries.isPage)?.seq).toBeGreaterThan(registered);
  expect((await visit.states()).at(-1)).toMatchObject({ status: 'ready', record: { status: 'approved' } });
});

journey(
  'whose verification has expired, with a token the browser holds, is not registered by it but told',
  async ({ shop, arrive }) => {
    const visit = await arrive('expired');
    const shareToken = await shop.handOut(visit.user);
    await visit.showGate({ endpoint: '/api/kyc-browser-tokens', shareToken });
    await visit.heading('Your verification has expired').waitFor();
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toEqual([]);
    expect(await visit.frames()).toEqual(['none']);
  },
);
