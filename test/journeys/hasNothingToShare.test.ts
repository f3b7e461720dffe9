import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { journey } from './journey';

journey('who has nothing to share may choose Coinflow’s own verification', async ({ shop, arrive }) => {
  const visit = await arrive('nothingToShare');
  await visit.showGate({ whenReuseFails: 'coinflow-kyc' });
  await visit.heading('No finished verification yet').waitFor();
  expect(await visit.events()).toEqual(['checking', 'registering', 'failed', 'error noShareableVerification']);
  expect(await visit.frames()).toEqual(['none']);
  expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);

  await visit.button('Verify with Coinflow instead').click();
  await visit.page.waitForFunction(() => !document.querySelector('[data-kyc-part=screen]'));
  expect(await visit.form.getAttribute('data-withdraw-state')).toBe('verify-again');
  expect(await visit.form.getAttribute('data-withdraw-user')).toBe(visit.user);
  expect(await visit.state()).toBe('fallback');
  expect(shop.log(visit.user).filter(logEntries.isPage)).toHaveLength(1);
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toEqual([]);
});

journey(
  'who has nothing to share is offered no other verification unless the merchant allows it',
  async ({ arrive }) => {
    const visit = await arrive('nothingToShare');
    await visit.showGate();
    await visit.heading('No finished verification yet').waitFor();
    expect(await visit.gate.getByRole('button').allTextContents()).toEqual(['Try again']);
  },
);
