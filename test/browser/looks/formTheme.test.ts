import lzString from 'lz-string';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { Tokens, WithdrawTheme } from '../../../src';
import { expectOpened } from '../../journeys/expectOpened';
import { journey } from '../../journeys/journey';
import { look } from './look';

type Props = Parameters<Window['look']['show']>[1];

/** The theme that Coinflow's page is opened with; `undefined` where it is given none. */
async function themeOf(page: Page, props: Props = {}): Promise<WithdrawTheme | undefined> {
  await page.evaluate((it) => window.look.show('form', it), props);
  return themeIn((await page.locator('iframe').getAttribute('src')) ?? '');
}

function themeIn(src: string): WithdrawTheme | undefined {
  const parameter = new URL(src).searchParams.get('theme');
  return parameter === null
    ? undefined
    : (JSON.parse(lzString.decompressFromEncodedURIComponent(parameter)) as WithdrawTheme);
}

const withVariables = (variables: Partial<Tokens>): Props => ({ appearance: { variables } });

describe('where no look is chosen, the form keeps the branding of Coinflow’s dashboard', () => {
  const unchosen: [string, Props][] = [
    ['with no appearance at all', {}],
    ['with a height', { appearance: { layout: { height: 500 } } }],
    [
      'with tokens that Coinflow has nothing like',
      withVariables({ minHeight: '40rem', shadow: 'none', motion: '0s', danger: 'red', space: '8px' }),
    ],
    ['unstyled', { appearance: { unstyled: true } }],
    ['with a look for a part', { appearance: { elements: { root: { background: 'red' }, title: 'my-title' } } }],
  ];
  look('and is given no theme', async ({ open }) => {
    const page = await open();
    for (const [how, props] of unchosen) expect(await themeOf(page, props), how).toBeUndefined();
  });

  look('and a theme of the merchant’s own goes through as it is', async ({ open }) => {
    const withdraw = {
      merchantId: 'acme',
      env: 'local',
      sessionKey: 'k',
      theme: { primary: 'tomato', showCardIcon: true },
    } as const;
    expect(await themeOf(await open(), { withdraw })).toEqual({ primary: 'tomato', showCardIcon: true });
  });
});

const light = {
  background: '#ffffff',
  cardBackground: '#ffffff',
  textColor: '#14161a',
  textColorAccent: '#565c69',
  placeholderColor: '#565c69',
  primary: '#3538cd',
  ctaColor: '#3538cd',
  textColorAction: '#ffffff',
  backgroundAccent2: '#dfe3ea',
  backgroundAccent: '#f3f3f4',
  style: 'rounded',
  fontSize: '16px',
  fontWeight: '400',
};
const dark = {
  ...light,
  background: '#15171c',
  cardBackground: '#15171c',
  textColor: '#f2f3f5',
  textColorAccent: '#a9afbb',
  placeholderColor: '#a9afbb',
  primary: '#a4b1ff',
  ctaColor: '#a4b1ff',
  textColorAction: '#14163a',
  backgroundAccent2: '#30343d',
  backgroundAccent: '#202227',
};

describe('the form gets the look of the gate', () => {
  look('a theme as a whole', async ({ open }) => {
    const page = await open();
    expect(await themeOf(page, { appearance: { baseTheme: 'light' } })).toEqual(light);
    expect(await themeOf(page, { appearance: { baseTheme: 'dark' } })).toEqual(dark);
    expect(await themeOf(page, { appearance: { baseTheme: 'system' } })).toEqual(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await themeOf(page, { appearance: { baseTheme: 'system' } })).toEqual(dark);
    expect(await themeOf(page, { appearance: { baseTheme: 'contrast' } })).toMatchObject({
      background: '#000000',
      textColor: '#ffffff',
      primary: '#ffe14d',
      textColorAction: '#000000',
    });
    expect(await themeOf(page, { appearance: { baseTheme: 'vivid' } })).toMatchObject({
      background: '#2a0b5c',
      ctaColor: '#ffd23f',
      style: 'pill',
    });
  });

  look('one token among the defaults, by plain CSS as well', async ({ open }) => {
    const page = await open();
    const expected = { ...light, primary: '#115e4c', ctaColor: '#115e4c' };
    expect(await themeOf(page, withVariables({ accent: '#115e4c' }))).toEqual(expected);
    await page.addStyleTag({
      content: '.payout { --brand: #115e4c } :where(.payout) [data-kyc-gate] { --kyc-gate-accent: var(--brand) }',
    });
    await page.evaluate(() => document.body.classList.add('payout'));
    expect(await themeOf(page)).toEqual(expected);
  });

  const colours = [
    ['a name', 'rebeccapurple', '#663399'],
    ['a short hex', '#1af', '#11aaff'],
    ['alpha', 'rgb(0 0 255 / 50%)', '#0000ff80'],
    ['nothing', 'transparent', '#00000000'],
    ['var()', 'var(--brand)', '#115e4c'],
    ['var() with a fallback', 'var(--nowhere, #010203)', '#010203'],
    ['color-mix()', 'color-mix(in srgb, red, blue)', '#800080'],
    ['oklch()', 'oklch(62.8% 0.2577 29.23)', '#ff0000'],
    ['a relative colour', 'rgb(from var(--brand) b g r)', '#4c5e11'],
    ['a wider gamut than sRGB', 'color(display-p3 1 0 0)', '#ff0000'],
    ['a missing component', 'rgb(none 128 255)', '#0080ff'],
    ['light-dark()', 'light-dark(#010101, #020202)', '#010101'],
    ['a system colour', 'AccentColorText', '#ffffff'],
    ['currentColor', 'currentColor', '#14161a'],
  ] as const;
  look('colours in hex, however they are given', async ({ open }) => {
    const page = await open();
    await page.addStyleTag({ content: ':root { --brand: #115e4c }' });
    for (const [how, accent, expected] of colours) {
      expect((await themeOf(page, { appearance: { baseTheme: 'light', variables: { accent } } }))?.primary, how).toBe(
        expected,
      );
    }
  });

  look('nothing for a colour that is none, even on a page with a caret of its own', async ({ open }) => {
    const page = await open();
    await page.addStyleTag({ content: 'body { caret-color: color-mix(in srgb, red, red) }' });
    const theme = await themeOf(page, withVariables({ accent: 'no-colour', surface: '#010203' }));
    expect(theme).toMatchObject({ background: '#010203' });
    expect(theme).not.toHaveProperty('primary');
    expect(theme).not.toHaveProperty('ctaColor');
  });

  const radii: [string, WithdrawTheme['style']][] = [
    ['0', 'sharp'],
    ['0px', 'sharp'],
    ['1px', 'rounded'],
    ['0.75rem', 'rounded'],
    ['1.25rem', 'pill'],
    ['calc(1rem + 1vw)', 'pill'],
    ['999px', 'pill'],
    ['50%', 'pill'],
    ['1%', 'rounded'],
  ];
  look('its radius as one of the three that Coinflow has', async ({ open }) => {
    const page = await open();
    for (const [radius, style] of radii)
      expect((await themeOf(page, withVariables({ radius })))?.style, radius).toBe(style);
  });

  const fonts: [string, string | undefined][] = [
    ['Inter, sans-serif', 'Inter'],
    ['"Open Sans", system-ui', 'Open Sans'],
    ["'Fira Sans'", 'Fira Sans'],
    ['system-ui, Inter', undefined],
    ['-apple-system, BlinkMacSystemFont, Inter', undefined],
    ['ui-rounded', undefined],
    ['serif', undefined],
    ['Serifa, serif', 'Serifa'],
    ['"serif"', 'serif'],
    ['"A, B", serif', 'A, B'],
  ];
  look('its font by the name of the first family, where that has one', async ({ open }) => {
    const page = await open();
    for (const [font, name] of fonts) expect((await themeOf(page, withVariables({ font })))?.font, font).toBe(name);
  });

  look('lengths in pixels, whatever they are relative to', async ({ open }) => {
    const page = await open();
    await page.addStyleTag({ content: 'html { font-size: 20px }' });
    expect(await themeOf(page, withVariables({ fontSize: '0.9rem', fontWeight: 'bold' }))).toMatchObject({
      fontSize: '18px',
      fontWeight: '700',
    });
    expect(await themeOf(page, withVariables({ fontSize: 'clamp(1rem, 5vw, 1.2rem)' }))).toMatchObject({
      fontSize: '24px',
    });
  });

  look('unstyled, the tokens that are set and no more', async ({ open }) => {
    const variables = {
      accent: 'oklch(62.8% 0.2577 29.23)',
      radius: '24px',
      fontSize: '1.25rem',
      fontWeight: '500',
      font: 'Inter, serif',
    };
    const page = await open();
    expect(await themeOf(page, { appearance: { unstyled: true, variables: { accent: 'red' } } })).toEqual({
      primary: '#ff0000',
      ctaColor: '#ff0000',
    });
    expect(await themeOf(page, { appearance: { unstyled: true, variables } })).toEqual({
      primary: '#ff0000',
      ctaColor: '#ff0000',
      style: 'pill',
      fontSize: '20px',
      fontWeight: '500',
      font: 'Inter',
    });
  });

  look('under an explicit theme, which wins key by key', async ({ open }) => {
    const withdraw = {
      merchantId: 'acme',
      env: 'local',
      sessionKey: 'k',
      theme: { primary: 'tomato', style: 'sharp', cvvPlaceholder: '000' },
    } as const;
    expect(await themeOf(await open(), { appearance: { baseTheme: 'light' }, withdraw })).toEqual({
      ...light,
      primary: 'tomato',
      style: 'sharp',
      cvvPlaceholder: '000',
    });
  });

  look('and leaves nothing behind in the page', async ({ open }) => {
    const page = await open();
    await themeOf(page, { appearance: { baseTheme: 'light' } });
    expect(await page.locator('[data-kyc-gate] > :not([data-kyc-part])').count()).toBe(0);
  });
});

journey(
  'switching to dark re-themes the gate at once, and the open form only when it is reloaded',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await visit.showGate({ appearance: { baseTheme: 'light' } });
    await expectOpened(shop, visit);
    await visit.showGate({ appearance: { baseTheme: 'dark' } });
    expect(await visit.gate.evaluate((gate) => getComputedStyle(gate).backgroundColor)).toBe('rgb(21, 23, 28)');
    const opened = (await visit.frames()).at(-1);
    expect(themeIn(opened ?? '')).toEqual(light);
    expect(await visit.page.locator('iframe').getAttribute('src')).toBe(opened);

    await visit.page.evaluate(() => window.merchant.reload());
    await expect
      .poll(async () => themeIn((await visit.page.locator('iframe').getAttribute('src')) ?? ''))
      .toEqual(dark);
  },
);
