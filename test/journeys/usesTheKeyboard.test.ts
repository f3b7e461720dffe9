import { expect } from 'vitest';
import { de } from '../../src/locales/de';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'who has only a keyboard agrees by Tab and Enter, stays in the gate, and gets the form, titled in their language',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate({ requireConsent: true, messages: de }, { cancel: true });
    await visit.heading(de.screens.consent.title).waitFor();
    // Nothing has been done yet, so the focus is where it was.
    expect(await visit.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    const focused = () => visit.page.evaluate(() => document.activeElement?.textContent);
    await visit.page.keyboard.press('Tab');
    expect(await focused()).toBe(de.actions.consent);
    await visit.page.keyboard.press('Tab');
    expect(await focused()).toBe(de.actions.cancel);
    await visit.page.keyboard.press('Shift+Tab');
    await visit.page.keyboard.press('Enter');
    await visit.hears('registering');
    expect(await visit.gate.evaluate((it) => it === document.activeElement)).toBe(true);
    await expectOpened(shop, visit);
    expect(await visit.gate.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await visit.page.locator('iframe').getAttribute('title')).toBe(de.frameTitle);
    // From there the next Tab leads into the form.
    await visit.page.keyboard.press('Tab');
    await expect.poll(() => visit.page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  },
);

journey('who has only a keyboard can leave by Enter', async ({ arrive }) => {
  const visit = await arrive('rejected');
  await visit.showGate({}, { cancel: true });
  await visit.button('Not now').press('Enter');
  await visit.hears('cancel');
  expect(await visit.frames()).toEqual(['none']);
});
