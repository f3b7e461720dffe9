import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startDemo } from '../demo/startDemo';
import { findBrowser } from './findBrowser';
import { launchBrowser } from './launchBrowser';

/** Makes the picture of the README from a run of the demo: the gate while it waits, the form it opens, and who asked whom. */
const file = join(import.meta.dirname, '..', 'docs', 'picture.png');

/** Of every part, in CSS pixels. */
const width = 400;
const height = 624;

const demo = await startDemo({ mode: 'simulated' }, { site: 0, page: 0, coinflow: 0, persona: 0, sumsub: 0 });
const browser = await launchBrowser((await findBrowser()).path, Number(new URL(demo.payoutUrl ?? '').port));
try {
  const context = await browser.newContext({ viewport: { width: width + 32, height: 1_200 }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(demo.url);
  // Of the list the end, where it is decided; of the rest what fits.
  await page.addStyleTag({
    content:
      'body, .backstage, .merchant { background: #e9e7e0 } .happened-head, .facts, .timeline li:not(:nth-last-child(-n + 8)) { display: none } .card { box-shadow: none }',
  });
  // The first run is timed by the development server's loading; the second one by the providers.
  await run(page);
  await page.getByRole('button', { name: 'Close' }).click();
  const waiting = await run(page);
  const parts = [
    { title: '1. The gate waits', png: waiting },
    { title: '2. The form opens', png: await shot(page, '.payout') },
    { title: 'Meanwhile: who asked whom', png: await shot(page, '.happened') },
  ];
  const sheet = await context.newPage();
  await sheet.setViewportSize({ width: 3 * width + 4 * 24, height: height + 76 });
  await sheet.setContent(`<!doctype html><style>
    body { display: grid; grid-template-columns: repeat(3, ${width}px); gap: 24px; margin: 0; padding: 16px 24px 24px; background: #e9e7e0; font: 600 15px/1 system-ui, sans-serif; color: #1c1d1a }
    figure { margin: 0; height: ${height + 28}px; overflow: hidden }
    figcaption { height: 28px }
    img { display: block; width: ${width}px }
    </style>${parts.map(({ title, png }) => `<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`).join('')}`);
  const png = await sheet.screenshot();
  writeFileSync(file, png);
  console.log(`docs/picture.png: ${Math.ceil(png.length / 1024)} kB`);
} finally {
  await browser.close();
  await demo.close();
}

/** Plays a first payout to its end. @returns the gate while it waits */
async function run(page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await page.locator('[data-kyc-gate=registering] [data-kyc-part=steps]').waitFor();
  // A wait of a blink shows nothing; this one is longer.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((it) => !('animationName' in it && it.animationName === 'kyc-gate-appear') || it.playState === 'finished'),
  );
  const waiting = await shot(page, '.payout');
  await page.locator('.verdict[data-tone=good]').waitFor();
  await page.locator('[data-kyc-part=screen]').waitFor({ state: 'detached' });
  // The list asks several times a second; once more, so that it is complete.
  await page.waitForTimeout(1_000);
  return waiting;
}

async function shot(page: Page, selector: string): Promise<Buffer> {
  return page.locator(selector).screenshot();
}
