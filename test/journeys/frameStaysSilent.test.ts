import { expect } from 'vitest';
import { expectFormOf } from '../browser/expectFormOf';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'a frame of which nothing is heard is shown all the same, with a way to reload it',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning', { ownClock: true });
    shop.simulator.inject({ service: 'page', times: 1, afterProcessing: true, kind: 'hang' });
    await visit.showGate();
    await visit.gate.locator('iframe').waitFor({ state: 'attached' });
    expect(await visit.gate.locator('[data-kyc-part=screen]').isVisible()).toBe(true);
    await expect.poll(() => shop.log(visit.user).filter(logEntries.isPage).length).toBe(1);
    await visit.page.clock.fastForward(13_000);
    await visit.gate.getByText('Not loading?').waitFor();
    expect(await visit.gate.locator('[data-kyc-part=screen]').count()).toBe(0);

    const { width = 0, height = 0 } = (await visit.button('Reload').boundingBox()) ?? {};
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    await visit.button('Reload').click();
    await expectFormOf(visit, visit.user);
    expect(await visit.gate.getByText('Not loading?').count()).toBe(0);
    expect(shop.log(visit.user).filter(logEntries.isPage)).toMatchObject([
      { recordExisted: true },
      { recordExisted: true },
    ]);
    expect(await visit.events()).toEqual(['checking', 'ready']);
  },
);

journey('a page that loads but never says so is uncovered without a notice', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  shop.simulator.inject({ service: 'page', times: 1, kind: 'silent' });
  await visit.showGate();
  await expectOpened(shop, visit);
  expect(await visit.gate.getByText('Not loading?').count()).toBe(0);
});
