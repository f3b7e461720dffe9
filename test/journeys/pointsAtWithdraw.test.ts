import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { type Arrived, journey } from './journey';

/** The user points at "Withdraw"; the answers are there before the click. */
async function point(visit: Arrived): Promise<void> {
  const answered = visit.page.waitForResponse((response) => response.url().includes('session=1'));
  const read = visit.page.waitForResponse((response) => /kyc\?subject=[^&]*$/.test(response.url()));
  await visit.page.evaluate((subject) => {
    window.merchant.prefetch({ endpoint: '/api/kyc', subject, withdraw: { merchantId: 'acme', env: 'local' } });
  }, visit.user);
  await Promise.all([answered, read]);
}

journey(
  'who points at "Withdraw" before the click gets the form by what was fetched then, and nothing is asked twice',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await point(visit);
    await visit.showGate({ appearance: { baseTheme: 'dark' } });
    await expectOpened(shop, visit);
    expect(await visit.events()).toEqual(['ready']);
    // Open in its first commit, the form still gets the gate's look.
    expect(await visit.gate.locator('iframe').getAttribute('src')).toContain('theme=');
    // One for the record, one for the session key.
    expect(await visit.asked()).toEqual(['GET', 'GET']);
  },
);

journey(
  'who points at "Withdraw" for the first time is registered by the click, not before',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await point(visit);
    expect(await visit.asked()).toEqual(['GET', 'GET']);
    expect(shop.log(visit.user).filter(logEntries.isMint)).toEqual([]);
    await visit.showGate();
    await expectOpened(shop, visit);
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toHaveLength(1);
  },
);

journey(
  'who signs in as somebody else after pointing at "Withdraw" gets nothing of the first user',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await point(visit);
    const other = shop.merchant.newUser('rejected');
    await visit.signIn(other);
    await visit.show(visit.gateOf(other));
    await visit.heading('Your verification was not accepted').waitFor();
    expect(await visit.frames()).toEqual(['none']);
    expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);
  },
);
