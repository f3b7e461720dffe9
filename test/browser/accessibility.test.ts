import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './openShop';
import type { Contrast } from './page/contrastsOf';
import type { Look } from './page/held';

let shop: Shop;
let page: Page;
let screens: readonly string[];

beforeAll(async () => {
  shop = await openShop();
  ({ page } = await shop.arrive('returning', { path: '/held.html' }));
  screens = await page.evaluate(() => window.held.screens);
});
afterAll(() => shop.close());

const show = (name: string, look: Look = {}) =>
  page.evaluate(([it, how]) => window.held.show(it, how), [name, look] as const);
const gate = () => page.locator('[data-kyc-gate]');

/** States that are a failure to the user, and no others, are alerts. */
const isCalm = (name: string) =>
  /^(consent|checking|registering|processing|needsInput|needsSupport|delayed|exhausted|opening|wallet)$/.test(name);

describe('the contrast of the shipped themes, in every screen', () => {
  it.each([
    ['light', 'light'],
    ['dark', 'light'],
    ['system', 'dark'],
    ['contrast', 'light'],
    ['contrast', 'dark'],
    ['vivid', 'light'],
  ] as const)('%s, for a user who prefers %s', async (theme, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const found: Contrast[] = [];
    for (const name of screens) {
      await show(name, { theme });
      found.push(
        ...(await gate().evaluate((it) => window.held.contrastsOf(it))).map((it) => ({
          ...it,
          what: `${name}: ${it.what}`,
        })),
      );
    }
    expect(found.filter(({ ratio, needed }) => ratio < needed)).toEqual([]);
    // Everything there is was measured.
    expect([...new Set(found.map(({ what }) => what.replace(/.*: /, '')))].sort()).toEqual([
      'border of secondaryButton',
      'button',
      'icon',
      'marker of current',
      'marker of done',
      'marker of next',
      'progress',
      'progress on its track',
      'text of button',
      'text of description',
      'text of link',
      'text of secondaryButton',
      'text of step',
      'text of time',
      'text of title',
    ]);
  });

  it.each(['light', 'dark'] as const)('in forced colours, for a user who prefers %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' });
    try {
      for (const name of screens) {
        await show(name);
        const found = await gate().evaluate((it) => window.held.contrastsOf(it));
        expect(
          found.filter(({ ratio, needed }) => ratio < needed),
          name,
        ).toEqual([]);
        expect(found.length, name).toBeGreaterThan(3);
      }
    } finally {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    }
  });

  it('is measured: a pale colour is found', async () => {
    await show('server', { variables: { muted: '#999', accent: 'rgb(53 56 205 / 0.3)' } });
    const found = await gate().evaluate((it) => window.held.contrastsOf(it));
    const tooPale = found.filter(({ ratio, needed }) => ratio < needed).map(({ what }) => what);
    expect(tooPale).toEqual(
      expect.arrayContaining(['text of description', 'text of button', 'button', 'text of link']),
    );
    expect(tooPale).not.toContain('text of title');
  });
});

describe('every screen', () => {
  it('is said once: by the one status, or, where it is a failure, by the one alert', async () => {
    for (const name of screens) {
      await show(name);
      const said = async () => ({
        status: await gate().getByRole('status').allTextContents(),
        alert: await gate().getByRole('alert').allTextContents(),
      });
      const [title, description] = [
        await gate().locator('[data-kyc-part=title]').textContent(),
        await gate().locator('[data-kyc-part=description]').textContent(),
      ];
      await expect
        .poll(said, { message: name })
        .toEqual(
          isCalm(name)
            ? { status: [`${title} – ${description}`], alert: [] }
            : { status: [''], alert: [`${title}${description}`] },
        );
    }
  });

  it('has targets of at least 24 by 24 pixels, and none of them overlap', async () => {
    let count = 0;
    for (const name of screens) {
      await show(name);
      const boxes = await gate()
        .locator('button, a')
        .evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON() as DOMRect));
      for (const [i, box] of boxes.entries()) {
        expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(24);
        expect(box.top, name).toBeGreaterThanOrEqual(boxes[i - 1]?.bottom ?? 0);
      }
      count += boxes.length;
    }
    expect(count).toBeGreaterThan(screens.length);
  });

  /** Goes through the gate by Tab, from the button before it to the one after it. */
  async function tabThrough(name: string): Promise<void> {
    await page.getByRole('button', { name: 'Before the gate' }).focus();
    for (const target of await gate().locator('button, a').all()) {
      await page.keyboard.press('Tab');
      expect(
        await target.evaluate((it) => it === document.activeElement),
        `${name}: ${await target.textContent()}`,
      ).toBe(true);
      const ring = await target.evaluate((it) => window.held.ringOf(it));
      expect(ring.ratio, name).toBeGreaterThanOrEqual(ring.needed);
    }
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent), name).toBe('After the gate');
  }

  it('can be gone through by keyboard, from top to bottom, with a ring around where one is', async () => {
    for (const name of screens) {
      await show(name);
      await tabThrough(name);
    }
  });

  it.each(['dark', 'contrast', 'vivid'] as const)('has a ring that is seen in %s as well', async (theme) => {
    await show('withdrawUnavailable', { theme });
    await tabThrough('withdrawUnavailable');
  });

  it.each(['de', 'ar'])(
    'in %s fits 320 pixels, also with text twice as large, and nothing is cut off',
    async (locale) => {
      await page.setViewportSize({ width: 320, height: 700 });
      for (const fontSize of ['1rem', '2rem']) {
        for (const name of screens) {
          await show(name, { locale, variables: { fontSize } });
          expect(await gate().evaluate((it) => window.held.cutOffIn(it)), name).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(320);
        }
      }
      // The measure measures.
      await page.addStyleTag({ content: '[data-kyc-part=title] { white-space: nowrap }' });
      expect(await gate().evaluate((it) => window.held.cutOffIn(it))).not.toEqual([]);
      await page.reload();
    },
  );
});
