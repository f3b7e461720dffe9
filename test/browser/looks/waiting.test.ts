import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from '../../journeys/journey';
import { locales } from '../../locales/locales';
import { addInter } from './addInter';
import { look } from './look';
import { still } from './still';

/** How much of the card is to be seen, so many milliseconds after the screen has come. */
function opacityAt(page: Page, ms: number): Promise<string> {
  return page.evaluate((at) => {
    const card = document.querySelector('[data-kyc-part=card]');
    if (!card) throw new Error('There is no card.');
    for (const animation of card.getAnimations()) {
      animation.pause();
      animation.currentTime = at;
    }
    return getComputedStyle(card).opacity;
  }, ms);
}

look('a wait of less than 300 ms shows nothing, and what must be read or answered shows at once', async ({ open }) => {
  const page = await open();
  for (const screen of ['checking', 'registering', 'processing', 'opening']) {
    await page.evaluate((it) => window.look.show(it), screen);
    expect([await opacityAt(page, 0), await opacityAt(page, 299), await opacityAt(page, 500)], screen).toEqual([
      '0',
      '0',
      '1',
    ]);
  }
  for (const screen of ['consent', 'declined', 'server', 'exhausted']) {
    await page.evaluate((it) => window.look.show(it), screen);
    expect(await opacityAt(page, 0), screen).toBe('1');
  }
});

look('while waiting, the steps are shown with the current one marked, for eyes and for ears', async ({ open }) => {
  const page = await open();
  const steps = async (screen: string) => {
    await page.evaluate((it) => window.look.show(it), screen);
    return page
      .locator('[data-kyc-part=step]')
      .evaluateAll((items) =>
        items.map((item) => `${item.getAttribute('data-kyc-step')} ${item.getAttribute('aria-current')}`),
      );
  };
  expect(await steps('checking')).toEqual(['current step', 'next null', 'next null']);
  expect(await steps('registering')).toEqual(['done null', 'current step', 'next null']);
  expect(await steps('processing')).toEqual(['done null', 'current step', 'next null']);
  expect(await steps('delayed')).toEqual(['done null', 'current step', 'next null']);
  expect(await steps('opening')).toEqual(['done null', 'done null', 'current step']);
  expect(await steps('declined')).toEqual([]);
});

look('while waiting, nothing moves from step to step, in any language, on a small phone either', async ({ open }) => {
  const moved: string[] = [];
  for (const width of [320, 480]) {
    const page = await open({ viewport: { width, height: 800 } });
    await addInter(page);
    for (const messages of Object.values(locales)) {
      const places = [];
      for (const screen of ['checking', 'registering', 'processing', 'opening']) {
        await page.evaluate(
          ([it, words]) => window.look.show(it, { messages: words, appearance: { variables: { font: 'Inter' } } }),
          [screen, messages] as const,
        );
        await still(page);
        places.push(
          await page
            .locator('[data-kyc-part=title], [data-kyc-part=progress], [data-kyc-part=steps]')
            .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top)),
        );
      }
      if (new Set(places.map(String)).size > 1) moved.push(`${messages.lang}, ${width} px: ${places.join(' | ')}`);
    }
  }
  expect(moved).toEqual([]);
});

journey(
  'the form of a returning user is mounted before its waiting screen would show: nothing waits for the look',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning', { ownClock: true });
    // From here on, time passes only as told: what waits for a time to pass waits for it.
    await visit.page.clock.pauseAt(Date.now() + 60_000);
    await visit.showGate();
    let virtualMs = 0;
    const frame = visit.page.locator('iframe');
    // As long as answers may take; the page's own time stays below 300 ms.
    for (; virtualMs < 290 && (await frame.count()) === 0; virtualMs++) {
      await visit.page.clock.runFor(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await frame.count()).toBe(1);
    expect(shop.log(visit.user).filter(({ service }) => service === 'coinflow').length).toBeGreaterThan(0);
  },
);
