import { expect } from 'vitest';
import { expectFormOf } from '../browser/expectFormOf';
import { expectOpenedOnTime } from '../browser/expectOpenedOnTime';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

journey(
  'who signs in as somebody else in another tab gets that form there, and none here before signing in again',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate(byReads);
    await visit.hears('processing');

    const other = shop.merchant.newUser('returning');
    const tab = await shop.openTab(visit.context);
    await tab.signIn(other);
    await tab.show(tab.gateOf(other));
    await expectFormOf(tab, other);
    expectOpenedOnTime(shop, other);

    await visit.heading('You are signed in as somebody else').waitFor();
    expect(await visit.events()).toContain('error subjectMismatch');
    expect(await visit.frames()).toEqual(['none']);
    expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);

    await visit.elsewhere(() => visit.signIn(visit.user));
    await expectOpened(shop, visit);
  },
);
