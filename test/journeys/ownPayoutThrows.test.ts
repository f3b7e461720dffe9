import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { journey } from './journey';

journey(
  'children that throw take down nothing but themselves, are told of once, and show when they are mended',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await visit.showGate({}, { children: 'throwingUntilMended' });
    await visit.heading('Something is not working on our side').waitFor();
    expect(await visit.heading('Merchant page').isVisible()).toBe(true);
    expect(await visit.events()).toEqual(['checking', 'ready', 'failed', 'error renderFailed']);

    await visit.page.evaluate(() => window.merchant.mend());
    await visit.button('Try again').click();
    await visit.page.getByText('Own payout, mended').waitFor();
    expect(await visit.events()).toEqual(['checking', 'ready', 'failed', 'error renderFailed', 'ready']);
    // The record stands: nothing was asked again, least of all a token.
    expect(shop.log(visit.user).filter(logEntries.isRegistration)).toEqual([]);
  },
);
