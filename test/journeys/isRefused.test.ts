import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { journey } from './journey';

journey('whose token is refused may choose Coinflow’s own verification', async ({ shop, arrive }) => {
  const visit = await arrive('refused');
  await visit.showGate({ whenReuseFails: 'coinflow-kyc' });
  await visit.heading('Your verification could not be used').waitFor();
  expect(await visit.frames()).toEqual(['none']);

  await visit.button('Verify with Coinflow instead').click();
  await visit.page.waitForFunction(() => !document.querySelector('[data-kyc-part=screen]'));
  expect(await visit.form.getAttribute('data-withdraw-state')).toBe('verify-again');
  expect(await visit.events()).toEqual([
    'checking',
    'registering',
    'processing',
    'failed',
    'error tokenRefused',
    'fallback',
  ]);
  const log = shop.log(visit.user);
  expect(log.filter(logEntries.isRegistration)).toMatchObject([{ status: 400 }]);
  expect(log.filter(logEntries.isPage)).toHaveLength(1);
});

journey('whose token is refused can try again, with a new token', async ({ shop, arrive }) => {
  const visit = await arrive('refused');
  await visit.showGate();
  await visit.button('Try again').click();
  await visit.hears('error tokenRefused', 2);
  const log = shop.log(visit.user);
  expect(log.filter(logEntries.isRegistration)).toMatchObject([{ status: 400 }, { status: 400 }]);
  // Each token was minted for its own registration, after a read that found nothing.
  for (const [i, { service, method, status }] of log.entries()) {
    if (service === 'persona') expect(log[i - 1]).toMatchObject({ service: 'coinflow', method: 'GET', status: 401 });
    else if (method === 'POST') expect([log[i - 1]?.service, status]).toEqual(['persona', 400]);
  }
});
