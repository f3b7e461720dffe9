import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Demo, startDemo } from '../../demo/startDemo';
import { launchBrowser } from '../../scripts/launchBrowser';

let demo: Demo;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({ mode: 'simulated' }, { site: 0, page: 0, coinflow: 0, persona: 0, sumsub: 0 });
  browser = await launchBrowser(inject('browserPath'), Number(new URL(demo.payoutUrl ?? '').port));
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});
afterEach(() => page.context().close());

/** Visits the demo, and clicks "Withdraw". */
async function withdraw(query: string, viewport = { width: 1440, height: 900 }): Promise<void> {
  await visit(query, viewport);
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
}

async function visit(query: string, viewport = { width: 1440, height: 900 }): Promise<void> {
  const context = await browser.newContext({ viewport });
  page = await context.newPage();
  await page.goto(demo.url + query);
  await page.getByRole('heading', { name: 'Earnings' }).waitFor();
}

const verdict = (tone: 'good' | 'bad') => page.locator(`.verdict[data-tone=${tone}]`).textContent();
const formState = () => page.frameLocator('.payout iframe').locator('body').getAttribute('data-withdraw-state');
const marks = () => page.locator('.timeline .mark').allTextContents();
const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

describe('the demo', () => {
  it.each(['persona', 'sumsub'])(
    'with the gate lets the form load after the record exists, for a user verified at %s',
    async (vendor) => {
      await withdraw(`?vendor=${vendor}`);
      expect(await verdict('good')).toMatch(/^The record came .* before the form: nobody verifies twice\.$/);
      expect(await formState()).toBe('form');
      await page.locator('.mark[data-mark=open]').waitFor();
      const [record, open] = await marks();
      expect(record).toContain('The record exists');
      expect(open).toContain('The gate lets the form load');
      const parties = await page.locator('.timeline .who').allTextContents();
      expect(parties.some((text) => text.startsWith(`Lumen→asks${vendor === 'persona' ? 'Persona' : 'Sumsub'}`))).toBe(
        true,
      );
    },
  );

  it('without the gate loads the form too early, and it asks to verify again', async () => {
    await withdraw('?gate=off');
    expect(await verdict('bad')).toMatch(/^Too early: .* asked to verify again\.$/);
    expect(await formState()).toBe('verify-again');
    await page.locator('.mark[data-mark=record]').waitFor();
    const [form, record] = await marks();
    expect(form).toContain('The form loads before anybody has looked');
    expect(record).toContain('The record exists');
  });

  it('without the gate on a flaky network still gets as far as asking to verify again', async () => {
    await withdraw('?gate=off&network=flaky');
    expect(await verdict('bad')).toContain('verify again');
    expect(await formState()).toBe('verify-again');
  });

  it('keeps a rejected user out with the gate, and lets them in without it', async () => {
    await withdraw('?scenario=rejected');
    await page.getByRole('heading', { name: 'Your verification was not accepted' }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.getByRole('switch', { name: 'Without the gate' }).click();
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    expect(await verdict('bad')).toBe(
      'There is a record, but Coinflow rejected it. Without the gate the form opens all the same.',
    );
  });

  it('goes on once the missing detail is given', async () => {
    await withdraw('?scenario=needsInput&openWhen=verified');
    await page.getByRole('heading', { name: 'One more detail is needed' }).waitFor();
    await page.getByRole('button', { name: 'Give the missing input' }).click();
    expect(await verdict('good')).toContain('nobody verifies twice');
  });

  it('changes page, gate and form with the theme, the open form included', async () => {
    await withdraw('?theme=dark&scenario=never');
    await page.locator('[data-kyc-gate=registering]').waitFor();
    const background = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    expect([await background('body'), await background('[data-kyc-gate]')]).toEqual([
      'rgb(18, 19, 18)',
      'rgb(27, 29, 27)',
    ]);
    await page.getByLabel('Light').check();
    expect([await background('body'), await background('[data-kyc-gate]')]).toEqual([
      'rgb(245, 243, 238)',
      'rgb(255, 254, 251)',
    ]);
    await page.getByLabel('Who withdraws').selectOption('returning');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    const form = page.frameLocator('.payout iframe').locator('body');
    const formBackground = () => form.evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await formBackground()).toBe('rgb(255, 254, 251)');
    await page.getByLabel('Dark').check();
    await expect.poll(formBackground, { timeout: 10_000 }).toBe('rgb(27, 29, 27)');
  });

  it('counts a payout once the form says it is on its way', async () => {
    await withdraw('?scenario=returning');
    await page.frameLocator('.payout iframe').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Payout to Checking').waitFor();
    expect(await page.getByRole('button', { name: 'Done' }).count()).toBe(1);
  });

  it.each([390, 320])('fits a window %i px wide, at rest and in a run', async (width) => {
    await visit('', { width, height: 800 });
    expect(await isWide()).toBe(false);
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await verdict('good');
    expect(await isWide()).toBe(false);
    expect(await formState()).toBe('form');
  });

  it.each(['light', 'dark'])('has nothing for axe to find in its %s theme, at rest and in a run', async (theme) => {
    await withdraw(`?theme=${theme}&scenario=never`);
    await page.locator('[data-kyc-gate=registering]').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await violations()).toEqual([]);
  });
});

async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // Words that fade in have less contrast until they are there.
    const fades = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(fades.map(({ finished }) => finished.catch(() => {})));
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
