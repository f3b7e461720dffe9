import { expect } from 'vitest';
import { userKeyOf } from '../../simulator';
import { en } from '../../src/locales/en';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';
import { listen } from './listen';

const { checking, registering, processing, opening, tokenRefused } = en.screens;
const sentence = ({ title, text }: { readonly title: string; readonly text: string }) => `${title} – ${text}`;

journey(
  'who listens to the first payout is told each step once, and nothing takes the focus',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const heard = await listen(visit.page);
    // Each step lasts: one that is over at once is not worth a sentence.
    shop.simulator.inject({ service: 'coinflow', userKey: userKeyOf(visit.user), kind: { delayMs: 1_000 } });
    shop.simulator.inject({ service: 'page', times: 1, kind: 'silent' });
    await visit.page.evaluate(() => {
      const field = document.createElement('input');
      document.body.append(field);
      field.focus();
    });
    await visit.showGate(byReads);
    const status = await visit.gate.getByRole('status').elementHandle();
    await expectOpened(shop, visit);
    expect(await heard()).toEqual(
      [checking, registering, processing, opening].map((words) => `status: ${sentence(words)}`),
    );
    // The same region to the end, emptied once the form can be seen.
    await expect.poll(() => status?.evaluate((it) => it.isConnected && it.textContent)).toBe('');
    expect(await visit.gate.getByRole('status').count()).toBe(1);
    expect(await visit.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  },
);

journey('who listens is told of a failure by an alert, and each time anew', async ({ arrive }) => {
  const visit = await arrive('refused');
  const heard = await listen(visit.page);
  await visit.showGate();
  await visit.heading(tokenRefused.title).waitFor();
  expect((await heard()).at(-1)).toBe(`alert: ${tokenRefused.title} ${tokenRefused.text}`);
  expect((await heard()).filter((line) => line.startsWith('alert'))).toHaveLength(1);
  await visit.button('Try again').press('Enter');
  await visit.hears('failed', 2);
  await expect.poll(async () => (await heard()).filter((line) => line.startsWith('alert')).length).toBe(2);
});
