import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';
import { recordIsHidden } from './recordIsHidden';

journey(
  'who waits past the deadline can check again, and gets the form without being registered twice',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { ownClock: true });
    // Coinflow is long in redeeming the token.
    shop.simulator.inject(recordIsHidden(visit.user));
    await visit.showGate({ ...byReads, endpoint: '/api/kyc-sumsub' });
    await visit.hears('processing');
    await visit.page.clock.fastForward(16_000);
    await visit.heading('This takes longer than usual').waitFor();
    await visit.page.clock.fastForward(300_000);
    await visit.heading('Still not confirmed').waitFor();
    expect(await visit.states()).toContainEqual(expect.objectContaining({ status: 'delayed', exhausted: true }));

    shop.simulator.clearFaults();
    const asked = await visit.asked();
    await visit.page.clock.fastForward(60_000);
    expect(await visit.asked()).toEqual(asked);

    await visit.button('Check again').click();
    await expectOpened(shop, visit);
  },
);
