import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

journey('who loses the network is told, and goes on at once when it is back', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime', { ownClock: true });
  await visit.showGate(byReads);
  await visit.hears('processing');
  await visit.context.setOffline(true);
  await visit.heading('You are offline').waitFor();
  expect(await visit.events()).toContain('error offline');
  expect(await visit.frames()).toEqual(['none']);

  // From here on no time passes for the page: what it asks now, it asks because the network is back.
  await visit.page.clock.pauseAt(await visit.page.evaluate(() => Date.now() + 1_000));
  const before = await visit.asked();
  await visit.context.setOffline(false);
  await expect.poll(() => visit.asked()).toEqual([...before, 'GET']);
  await visit.page.clock.resume();
  await expectOpened(shop, visit);
  expect((await visit.events()).slice(-3)).toEqual(['failed', 'error offline', 'ready']);
});
