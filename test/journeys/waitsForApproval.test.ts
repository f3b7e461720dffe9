import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'a record that is pending keeps a gate that wants it verified closed, and opens it once it is approved',
  async ({ shop, arrive }) => {
    const visit = await arrive('pendingThenApproved');
    const reads: boolean[] = [];
    visit.page.on('response', (response) => {
      const isRead = response.url().includes('/api/kyc-sumsub') && response.request().method() === 'GET';
      if (isRead && !response.url().includes('session=1')) reads.push('preference-applied' in response.headers());
    });
    await visit.showGate({ endpoint: '/api/kyc-sumsub', openWhen: 'verified' });
    await expectOpened(shop, visit);
    // After the look, the kit reads on the page's behalf, and answers when the record has changed.
    expect(reads.at(-1)).toBe(true);
    expect(reads.length).toBeLessThanOrEqual(4);
    const log = shop.log(visit.user);
    const pendingReads = log.filter((entry) => logEntries.isRead(entry) && entry.status === 200);
    expect(pendingReads.length).toBeGreaterThan(1);
    expect(log.find(logEntries.isPage)?.seq).toBeGreaterThan(pendingReads.at(-1)?.seq ?? Infinity);
    expect(await visit.events()).toEqual(['checking', 'registering', 'processing', 'ready']);
    expect((await visit.states()).at(-1)).toMatchObject({ status: 'ready', record: { status: 'approved' } });
  },
);

journey('a record that is pending is enough by default', async ({ shop, arrive }) => {
  const visit = await arrive('pendingThenApproved');
  await visit.showGate({ endpoint: '/api/kyc-sumsub' });
  await expectOpened(shop, visit);
  expect((await visit.states()).at(-1)).toMatchObject({ status: 'ready', record: { status: 'pending' } });
});
