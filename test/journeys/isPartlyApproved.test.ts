import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'who is approved in part, without a link to go on with, is led to support by a gate that wants it verified',
  async ({ shop, arrive }) => {
    const visit = await arrive('partialApproval');
    await visit.showGate({ endpoint: '/api/kyc-sumsub', openWhen: 'verified', support: 'help@shop.test' });
    await visit.heading('One more detail is needed').waitFor();
    expect(await visit.states()).toContainEqual({ status: 'needsInput', links: [] });
    expect(await visit.page.getByRole('link', { name: 'Contact support' }).getAttribute('href')).toBe(
      'mailto:help@shop.test',
    );
    expect(await visit.page.getByRole('link', { name: 'Continue' }).count()).toBe(0);

    const reads = shop.log(visit.user).filter(logEntries.isRead).length;
    await visit.button('Check again').click();
    await expect.poll(() => shop.log(visit.user).filter(logEntries.isRead).length).toBe(reads + 1);
    expect(await visit.state()).toBe('needsInput');
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toHaveLength(1);
    expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);
  },
);

journey('who is approved in part gets the form by default', async ({ shop, arrive }) => {
  const visit = await arrive('partialApproval');
  await visit.showGate({ endpoint: '/api/kyc-sumsub' });
  await expectOpened(shop, visit);
});
