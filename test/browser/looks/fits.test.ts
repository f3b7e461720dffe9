import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { de } from '../../../src/locales/de';
import { ja } from '../../../src/locales/ja';
import { addInter } from './addInter';
import { brokenWords } from './brokenWords';
import { look } from './look';
import { still } from './still';
import { troubles } from './troubles';

type Props = Parameters<Window['look']['show']>[1];

/** Ways in which a user may have it. */
const ways: Record<
  string,
  { readonly prepare?: (page: Page) => Promise<unknown>; readonly props?: Props; readonly width?: number }
> = {
  'in a window 320 px wide': { width: 320 },
  'at a zoom of 200 % of a window 1280 px wide': { width: 640 },
  'with text twice as large in a window 640 px wide': {
    width: 640,
    prepare: (page) => page.addStyleTag({ content: 'html { font-size: 200% }' }),
  },
  // As WCAG 1.4.12 has it.
  'with more room between letters, words and lines, 320 px wide': {
    width: 320,
    prepare: (page) =>
      page.addStyleTag({
        content:
          '[data-kyc-gate] * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
      }),
  },
  'from right to left, 320 px wide': { width: 320, props: { messages: { dir: 'rtl' } } },
  'in forced colours': { prepare: (page) => page.emulateMedia({ forcedColors: 'active' }) },
  'in forced colours on a dark system': {
    prepare: (page) => page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' }),
  },
  'with reduced motion': { prepare: (page) => page.emulateMedia({ reducedMotion: 'reduce' }) },
};

look.for(Object.entries(ways))(
  'every screen fits and can be read and used %s',
  async ([, { prepare, props, width = 480 }], { open }) => {
    const page = await open({ viewport: { width, height: 1_000 } });
    await prepare?.(page);
    for (const screen of await page.evaluate(() => window.look.screens.filter((it) => it !== 'form'))) {
      await page.evaluate(([it, given]) => window.look.show(it, given), [screen, props] as const);
      await still(page);
      expect(await page.evaluate(troubles), screen).toEqual([]);
    }
  },
);

const text = '[data-kyc-part=title], [data-kyc-part=description], [data-kyc-part=step]';
look.for([
  ['Japanese, in a window 320 px wide', ja, '100%', `${text}, button, a`],
  ['German, in a window 320 px wide', de, '100%', `${text}, button, a`],
  ['German on buttons, in a window 320 px wide, with text twice as large', de, '200%', 'button, a'],
] as const)('no word is broken: %s', async ([, messages, size, within], { open }) => {
  const page = await open({ viewport: { width: 320, height: 1_000 } });
  await addInter(page);
  await page.addStyleTag({ content: `html { font-size: ${size} }` });
  for (const screen of await page.evaluate(() => window.look.screens.filter((it) => it !== 'form'))) {
    await page.evaluate(
      ([it, words]) => window.look.show(it, { messages: words, appearance: { variables: { font: 'Inter' } } }),
      [screen, messages] as const,
    );
    await still(page);
    expect(await page.evaluate(brokenWords, within), screen).toEqual([]);
  }
  // The measure measures.
  await page.evaluate(
    (words) => window.look.show('server', { messages: words, style: { inlineSize: '7em' } }),
    messages,
  );
  await page.addStyleTag({ content: '[data-kyc-gate] * { word-break: break-all }' });
  expect(await page.evaluate(brokenWords, within)).not.toEqual([]);
});

look('the moving bar stays on its track, in both directions of writing', async ({ open }) => {
  const page = await open();
  for (const dir of ['ltr', 'rtl'] as const) {
    await page.evaluate((it) => window.look.show('checking', { messages: { dir: it } }), dir);
    await still(page);
    // In the middle of its move, its middle is the track's.
    const middle = await page.locator('[data-kyc-part=progress]').evaluate((track) => {
      const { width } = track.getBoundingClientRect();
      const bar = getComputedStyle(track, '::before');
      const start = getComputedStyle(track).direction === 'ltr' ? 0 : width - Number.parseFloat(bar.width);
      return (start + new DOMMatrix(bar.transform).e + Number.parseFloat(bar.width) / 2) / width;
    });
    expect(middle, dir).toBeCloseTo(0.5, 1);
  }
});

look(
  'with reduced motion the bar is whole and still, and everything else appears at once or fades',
  async ({ open }) => {
    const page = await open({ reducedMotion: 'reduce' });
    await page.evaluate(() => window.look.show('checking'));
    const moves = await page.evaluate(() =>
      document.getAnimations().map((animation) => (animation as CSSAnimation).animationName),
    );
    expect(moves).toEqual(['kyc-gate-appear']);
  },
);

look(
  'in forced colours the main button is told from its page and its words from it, by the system’s own colours',
  async ({ open }) => {
    const page = await open({ forcedColors: 'active' });
    for (const screen of ['consent', 'needsInput', 'needsSupport']) {
      await page.evaluate(
        (it) =>
          window.look.show(it, {
            appearance: { baseTheme: 'vivid', variables: { accent: 'yellow', onAccent: 'white' } },
          }),
        screen,
      );
      const seen = await page.locator('[data-kyc-part=button]').evaluate((button) => {
        const of = (colour: string) => {
          const probe = document.createElement('i');
          probe.style.cssText = `forced-color-adjust: none; color: ${colour}`;
          document.body.append(probe);
          const { color } = getComputedStyle(probe);
          probe.remove();
          return color;
        };
        const { color, backgroundColor } = getComputedStyle(button);
        return { color: color === of('Canvas'), background: backgroundColor === of('LinkText') };
      });
      expect(seen, screen).toEqual({ color: true, background: true });
    }
  },
);
