import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { still } from '../browser/looks/still';
import type { Place } from './compare';
import { looks } from './looks';
import { pinnedBrowser } from './pinnedBrowser';

export interface Shot {
  readonly png: Buffer;
  readonly places: readonly Place[];
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
const site = 'http://localhost/';

/** The page of all screens, built as a merchant's production build would be, in the pinned browser. */
export async function openStudio() {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-baselines-'));
  await build({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });
  const browser = await pinnedBrowser();
  return {
    /**
     * Shows every state in one look, and takes a picture.
     *
     * @param spoil changes something first
     */
    async shoot(name: string, spoil?: (page: Page) => Promise<unknown>): Promise<Shot> {
      const { media, props, withFailures = false } = looks[name] ?? {};
      if (!props) throw new Error(`There is no look "${name}".`);
      const context = await browser.newContext({ viewport: { width: 2_616, height: 720 }, ...media });
      // The moment at which the sample states are.
      await context.clock.setFixedTime(1_000_000);
      await context.route('**', async (route) => {
        const { pathname } = new URL(route.request().url());
        const file = pathname === '/' ? '/index.html' : pathname;
        await route.fulfill({
          contentType: types[extname(file)] ?? 'application/octet-stream',
          body: await readFile(join(folder, file)),
        });
      });
      const page = await context.newPage();
      await page.goto(site);
      await page.waitForFunction(() => window.showAll);
      await page.evaluate(([it, all]) => window.showAll(it, all), [props, withFailures] as const);
      await spoil?.(page);
      await still(page);
      const places = await page.locator('figure').evaluateAll((figures) =>
        figures.map((figure) => {
          const { x, y, width, height } = figure.getBoundingClientRect();
          return { screen: figure.dataset.screen ?? '', x, y, width, height };
        }),
      );
      const png = await page.screenshot({ fullPage: true, animations: 'allow', caret: 'initial' });
      await context.close();
      return { png, places };
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}
