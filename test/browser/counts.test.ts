import { describe, expect } from 'vitest';
import { journey } from '../journeys/journey';
import { expectFormOf } from './expectFormOf';
import { logEntries } from './logEntries';

/** What is counted, never timed: it is the same on every machine. */
describe('a first-time user on the kit', () => {
  journey('costs one GET, one POST and one session key, and nothing once the form is open', async ({ arrive }) => {
    const visit = await arrive('firstTime', { path: '/counts.html', ownClock: true });
    const asked: string[] = [];
    visit.page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/api/kyc') asked.push(url.searchParams.has('session') ? 'session key' : request.method());
    });
    await visit.page.evaluate((user) => window.counts.show(user), visit.user);
    await expectFormOf(visit, visit.user);
    await visit.page.clock.fastForward(600_000);
    await visit.asked();
    expect(asked.sort()).toEqual(['GET', 'POST', 'session key']);
  });

  journey('has the gate rendered once for each step, and the page around it never', async ({ arrive }) => {
    const visit = await arrive('firstTime', { path: '/counts.html' });
    await visit.page.evaluate((user) => window.counts.show(user), visit.user);
    await expectFormOf(visit, visit.user);
    const { merchant, gate, shift } = await visit.page.evaluate(() => ({ ...window.counts }));
    expect(merchant).toBe(2);
    // `ready` twice: the form is mounted, and the form is seen.
    expect(gate).toEqual(['checking', 'registering', 'ready', 'ready']);
    expect(shift).toBe(0);
  });

  journey('keeps the open frame over 1,000 renders of the page around it', async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { path: '/counts.html' });
    await visit.page.evaluate((user) => window.counts.show(user), visit.user);
    await expectFormOf(visit, visit.user);
    const before = await visit.page.evaluate(() => window.counts.gate.length);
    await visit.page.evaluate(() => window.counts.renderAgain(1_000));
    const { merchant, gate, sources } = await visit.page.evaluate(() => ({ ...window.counts }));
    expect([merchant, gate.length - before]).toEqual([2_002, 1_000]);
    expect(sources).toHaveLength(1);
    expect(shop.log(visit.user).filter(logEntries.isPage)).toHaveLength(1);

    // The count counts: a frame whose address is set anew is seen.
    await visit.page.evaluate(() => {
      const frame = document.querySelector('iframe');
      if (frame) frame.src = `${frame.src}&again`;
    });
    await expect.poll(() => visit.page.evaluate(() => window.counts.sources.length)).toBe(2);
  });
});
