import { expect } from 'vitest';
import type { Visit } from './openShop';

/** The payout form is in sight, opened as this user, and asks nobody to verify again. */
export async function expectFormOf(visit: Visit, user: string): Promise<void> {
  await visit.gate.locator('iframe').waitFor({ state: 'attached' });
  await visit.page.waitForFunction(() => !document.querySelector('[data-kyc-part=screen]'));
  expect(await visit.form.getAttribute('data-withdraw-user')).toBe(user);
  expect(await visit.form.getAttribute('data-withdraw-state')).toBe('form');
}
