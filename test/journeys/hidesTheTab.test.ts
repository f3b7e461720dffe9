import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

journey('who hides the tab is not polled for, and on coming back is asked for at once', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime', { ownClock: true });
  await visit.showGate(byReads);
  await visit.hears('processing');
  await visit.setVisibility('hidden');
  const before = await visit.asked();
  for (let i = 0; i < 5; i++) await visit.page.clock.fastForward(2_000);
  expect(await visit.asked()).toEqual(before);

  // From here on no time passes for the page: what it asks now, it asks because it is seen again.
  await visit.page.clock.pauseAt(await visit.page.evaluate(() => Date.now() + 1_000));
  expect(await visit.asked()).toEqual(before);
  await visit.setVisibility('visible');
  expect(await visit.asked()).toEqual([...before, 'GET']);
  await visit.page.clock.resume();
  await expectOpened(shop, visit);
});
