import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../../scripts/launchBrowser';

const library = join(import.meta.dirname, '..', '..', 'src', 'styles.css');
const light = { surface: 'rgb(255, 255, 255)', button: 'rgb(53, 56, 205)' };
const dark = { surface: 'rgb(21, 23, 28)', button: 'rgb(164, 177, 255)' };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser(inject('browserPath'));
});
afterAll(() => browser.close());

describe("the look out of a merchant's production build", () => {
  it.each([
    ['is light where nothing else is said', 'default', 'dark', light],
    ['is light where that is said', 'light', 'dark', light],
    ['is dark where that is said', 'dark', 'light', dark],
    ['follows a light system', 'system', 'light', light],
    ['follows a dark system', 'system', 'dark', dark],
  ] as const)('%s', async (_, theme, colorScheme, expected) => {
    const css = await productionCss();
    const page = await browser.newPage({ colorScheme });
    await page.setContent(
      `<style>${css}</style><div data-kyc-gate="checking" data-kyc-theme="${theme}"><button data-kyc-part="button">Go</button></div>`,
    );
    const background = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    expect({
      surface: await background('[data-kyc-gate]'),
      button: await background('[data-kyc-part=button]'),
    }).toEqual(expected);
    await page.close();
  });
});

/** Minified for the browsers that Vite supports by default: where `light-dark()`, for one, would be rewritten to variables that only the page sets. */
async function productionCss(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-css-'));
  try {
    await writeFile(join(folder, 'page.css'), `@import ${JSON.stringify(library)};`);
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { rolldownOptions: { input: join(folder, 'page.css'), output: { assetFileNames: 'all.css' } } },
    });
    return await readFile(join(folder, 'dist', 'all.css'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
