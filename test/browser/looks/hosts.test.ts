import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { compile } from 'tailwindcss';
import { describe, expect } from 'vitest';
import { look } from './look';
import { shoot } from './shoot';
import { still } from './still';
import { troubles } from './troubles';

const screensOf = (page: Page) => page.evaluate(() => window.look.screens.filter((screen) => screen !== 'form'));
const show = (page: Page, screen: string) => page.evaluate((it) => window.look.show(it), screen);

/** Tailwind's reset as an app's build has it: in the layer `base`. */
async function preflight(): Promise<string> {
  const folder = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'tailwindcss');
  const path = join(folder, 'preflight.css');
  const { build } = await compile('@import "tailwindcss/preflight.css" layer(base);', {
    loadStylesheet: () => Promise.resolve({ path, base: folder, content: readFileSync(path, 'utf8') }),
  });
  return build([]);
}

/** Puts a sheet before the gate's own, as the order in which a page imports them decides. */
async function addFirst(page: Page, content: string): Promise<void> {
  await page.evaluate((text) => {
    const style = document.createElement('style');
    style.textContent = text;
    document.head.prepend(style);
  }, content);
}

describe('beside Tailwind’s preflight', () => {
  look.for<[string, (page: Page, css: string) => Promise<unknown>]>([
    ['before the gate’s sheet', addFirst],
    [
      'anywhere, with the layers’ order said',
      async (page, css) => {
        await addFirst(page, '@layer theme, base, kyc-gate, components, utilities;');
        await page.addStyleTag({ content: css });
      },
    ],
  ])('%s, every screen looks the same as without', async ([, add], { open }) => {
    const [beside, alone] = [await open({ stillDate: true }), await open({ stillDate: true })];
    await add(beside, await preflight());
    expect(await beside.evaluate(() => getComputedStyle(document.body).marginTop)).toBe('0px');
    await alone.addStyleTag({ content: 'body { margin: 0 }' });
    for (const screen of await screensOf(alone)) {
      await show(beside, screen);
      await show(alone, screen);
      expect((await shoot(beside)).equals(await shoot(alone)), screen).toBe(true);
    }
  });
});

/** Rules outside of any layer win over the gate's, by design: a merchant's own are meant to. What is meant for the rest of the page must still leave the gate usable. */
const hostile = {
  'a reset of all elements': '* { margin: 0; padding: 0; box-sizing: border-box }',
  'rules for bare tags': `
    * { margin: 0; padding: 0; box-sizing: border-box }
    button { background: crimson; color: white; border: 0; border-radius: 0; text-transform: uppercase }
    h2 { font: 700 40px Georgia, serif; color: green }
    p { margin-bottom: 30px; line-height: 1; color: olive }
    svg { width: 20px; height: 20px; fill: black }
    a { color: blue; text-decoration: underline }
    ol { padding-left: 40px; list-style: decimal }
    li { margin: 10px }`,
};

describe.each(Object.entries(hostile))('under %s', (_, css) => {
  look(
    'every screen stays whole: each word to be read, each button to be hit, nothing wider than the page',
    async ({ open }) => {
      const page = await open({ viewport: { width: 320, height: 640 } });
      await page.addStyleTag({ content: css });
      for (const screen of await screensOf(page)) {
        await show(page, screen);
        await still(page);
        expect(await page.evaluate(troubles), screen).toEqual([]);
      }
    },
  );
});

look('a page with the sheet and without it is the same, pixel by pixel, outside of the gate', async ({ open }) => {
  const content = `<h1>Merchant</h1><h2>Payouts</h2><p>Some <a href="#">text</a></p><button>Buy</button><ol><li>One</li></ol><label>Name <input value="Avery"></label>
    <svg width="24" height="24" viewBox="0 0 24 24"><path d="M2 2h20v20z"/></svg><table><tr><td>1</td></tr></table><p data-part="title" class="card">Card</p>`;
  const [withSheet, without] = [await open(), await open()];
  for (const page of [withSheet, without]) {
    await page.evaluate((html) => document.body.insertAdjacentHTML('afterbegin', html), content);
    await show(page, 'declined');
    // Its place stays, and what is in it is not looked at.
    await page.evaluate(() =>
      document.querySelector<HTMLElement>('[data-kyc-gate]')?.style.setProperty('display', 'none'),
    );
  }
  await without.evaluate(() => {
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.remove();
  });
  expect(await without.evaluate(() => document.styleSheets.length)).toBe(0);
  expect((await shoot(withSheet)).equals(await shoot(without))).toBe(true);
  // One pixel would be seen.
  await without.addStyleTag({ content: 'p { padding-inline-start: 1px }' });
  expect((await shoot(withSheet)).equals(await shoot(without))).toBe(false);
});
