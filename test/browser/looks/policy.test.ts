import type { Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect } from 'vitest';
import { KycReuseGate, type KycReuseGateProps } from '../../../src';
import { look } from './look';
import { shoot } from './shoot';

/** As strict as a page can be that frames Coinflow's form: no inline style, neither `<style>` nor `style=""`. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src http://localhost:3000";

/** What the browser has reported; that something was evaluated is Playwright's doing. */
function reports(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window as unknown as { reports: string[] }).reports.filter((report) => !report.startsWith('script-src eval')),
  );
}

describe("under style-src 'self'", () => {
  look('every screen looks the same as without a policy, and the browser reports nothing', async ({ open }) => {
    const [strict, free] = [await open({ policy, stillDate: true }), await open({ stillDate: true })];
    // Set by script, a style is no inline style.
    const props = {
      style: { outlineOffset: '1px' },
      appearance: { variables: { accent: '#115e4c', radius: '4px' }, elements: { title: { letterSpacing: '1px' } } },
    };
    for (const screen of await strict.evaluate(() => window.look.screens)) {
      for (const page of [strict, free])
        await page.evaluate(([it, given]) => window.look.show(it, given), [screen, props] as const);
      if (screen === 'form')
        for (const page of [strict, free]) await page.locator('[data-kyc-part=screen]').waitFor({ state: 'detached' });
      expect((await shoot(strict)).equals(await shoot(free)), screen).toBe(true);
    }
    expect(await reports(strict)).toEqual([]);
  });

  look('a server’s markup has nothing in it that the policy minds', async ({ open }) => {
    const props: KycReuseGateProps = {
      endpoint: '/api/kyc',
      subject: 'u1',
      children: 'Payout',
      appearance: { baseTheme: 'dark', elements: { title: 'my-title' } },
    };
    const page = await open({ policy, markup: renderToString(createElement(KycReuseGate, props)) });
    expect(await page.locator('[data-kyc-gate] [style]').count()).toBe(0);
    await page.evaluate((it) => window.look.hydrate(it), props);
    expect(await reports(page)).toEqual([]);
  });

  look(
    'tokens and styles in a server’s markup, which the policy drops, are there again once the page is alive',
    async ({ open }) => {
      const props: KycReuseGateProps = {
        endpoint: '/api/kyc',
        subject: 'u1',
        children: 'Payout',
        appearance: { variables: { surface: '#010203' }, elements: { title: { letterSpacing: '3px' } } },
      };
      const page = await open({ policy, markup: renderToString(createElement(KycReuseGate, props)) });
      const seen = () =>
        page.evaluate(() =>
          ['[data-kyc-gate]', '[data-kyc-part=title]']
            .map((it) => document.querySelector(it))
            .map((it) => it && [getComputedStyle(it).backgroundColor, getComputedStyle(it).letterSpacing].join(' ')),
        );
      expect(await seen()).toEqual(['rgb(255, 255, 255) normal', 'rgba(0, 0, 0, 0) normal']);
      expect((await reports(page)).length).toBeGreaterThan(0);
      await page.evaluate((it) => window.look.hydrate(it), props);
      await expect.poll(seen).toEqual(['rgb(1, 2, 3) normal', 'rgba(0, 0, 0, 0) 3px']);
    },
  );
});
