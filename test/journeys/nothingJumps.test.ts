import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

const steps = ['checking', 'registering', 'processing', 'ready'];

journey.for([
  ['which is held', {}, steps.filter((step) => step !== 'processing')],
  ['after which the gate reads', byReads, steps],
] as const)(
  'from the first screen by a POST %s to the open form, nothing on the page jumps',
  async ([, props, seen], { shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate(props);
    // From the gate's first frame on; that it comes at all moves what stands below it.
    const jumps = await visit.page.evaluateHandle(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const seen: string[] = [];
      new PerformanceObserver((list) => seen.push(...list.getEntries().map((entry) => JSON.stringify(entry)))).observe({
        type: 'layout-shift',
      });
      return seen;
    });
    await expectOpened(shop, visit);
    expect(await visit.events()).toEqual(seen);
    expect(await jumps.jsonValue()).toEqual([]);

    // The measure measures: a jump that is meant is seen.
    await visit.page.evaluate(() => document.querySelector('h1')?.style.setProperty('padding', '4rem'));
    await expect.poll(() => jumps.jsonValue()).not.toEqual([]);
  },
);
