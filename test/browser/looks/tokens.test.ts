import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Tokens } from '../../../src';
import { variableOf } from '../../../src/react/look/tokens';
import { look } from './look';

interface Seen {
  readonly screen: string;
  /** A part, and maybe `::before`. */
  readonly of: string;
  readonly property: string;
  readonly is: string;
}

/** One value of each token, and where it shows. A token without a row does not compile. */
const rows: { readonly [Token in keyof Tokens]: { readonly value: string; readonly shows: readonly Seen[] } } = {
  surface: {
    value: '#010203',
    shows: [
      seen('declined', 'root', 'background-color', 'rgb(1, 2, 3)'),
      seen('declined', 'screen', 'background-color', 'rgb(1, 2, 3)'),
    ],
  },
  text: {
    value: '#010203',
    shows: [
      seen('declined', 'title', 'color', 'rgb(1, 2, 3)'),
      seen('withdrawUnavailable', 'secondaryButton', 'color', 'rgb(1, 2, 3)'),
    ],
  },
  muted: {
    value: '#010203',
    shows: [seen('declined', 'description', 'color', 'rgb(1, 2, 3)'), seen('delayed', 'time', 'color', 'rgb(1, 2, 3)')],
  },
  accent: {
    value: '#010203',
    shows: [
      seen('consent', 'button', 'background-color', 'rgb(1, 2, 3)'),
      seen('consent', 'link', 'color', 'rgb(1, 2, 3)'),
      seen('checking', 'progress::before', 'background-color', 'rgb(1, 2, 3)'),
      seen('checking', 'icon', 'color', 'rgb(1, 2, 3)'),
    ],
  },
  onAccent: { value: '#010203', shows: [seen('consent', 'button', 'color', 'rgb(1, 2, 3)')] },
  border: { value: '#010203', shows: [seen('checking', 'progress', 'background-color', 'rgb(1, 2, 3)')] },
  danger: { value: '#010203', shows: [seen('declined', 'icon', 'color', 'rgb(1, 2, 3)')] },
  success: { value: '#010203', shows: [seen('processing', 'step::before', 'background-color', 'rgb(1, 2, 3)')] },
  focus: { value: '#010203', shows: [seen('consent', 'button:focus-visible', 'outline-color', 'rgb(1, 2, 3)')] },
  radius: {
    value: '16px',
    shows: [
      seen('consent', 'root', 'border-top-left-radius', '16px'),
      seen('consent', 'button', 'border-top-left-radius', '12px'),
    ],
  },
  space: {
    value: '8px',
    shows: [seen('consent', 'card', 'row-gap', '10px'), seen('consent', 'screen', 'padding-top', '12px')],
  },
  font: {
    value: 'Georgia, serif',
    shows: [
      seen('consent', 'title', 'font-family', 'Georgia, serif'),
      seen('consent', 'button', 'font-family', 'Georgia, serif'),
    ],
  },
  fontSize: {
    value: '20px',
    shows: [seen('consent', 'description', 'font-size', '20px'), seen('consent', 'title', 'font-size', '25px')],
  },
  fontWeight: { value: '300', shows: [seen('consent', 'description', 'font-weight', '300')] },
  titleWeight: { value: '900', shows: [seen('consent', 'title', 'font-weight', '900')] },
  lineHeight: { value: '2', shows: [seen('consent', 'description', 'line-height', '32px')] },
  shadow: {
    value: '1px 2px 3px rgb(1, 2, 3)',
    shows: [seen('consent', 'root', 'box-shadow', 'rgb(1, 2, 3) 1px 2px 3px 0px')],
  },
  motion: { value: '3s', shows: [seen('checking', 'progress::before', 'animation-duration', '3s')] },
  minHeight: { value: '555px', shows: [seen('consent', 'root', 'min-height', '555px')] },
};
const tokens = Object.entries(rows) as [keyof Tokens, (typeof rows)[keyof Tokens]][];

function seen(screen: string, of: string, property: string, is: string): Seen {
  return { screen, of, property, is };
}

type Way = (
  page: Page,
  screen: string,
  token: keyof Tokens,
  value: string,
) => Promise<{ readonly undo?: () => Promise<void> }>;

/** Ways to set a token, each as good as the others. Each shows the gate, and may give a way to undo it. */
const ways: Record<string, Way> = {
  'appearance.variables': async (page, screen, token, value) => {
    await page.evaluate(([it, name, to]) => window.look.show(it, { appearance: { variables: { [name]: to } } }), [
      screen,
      token,
      value,
    ] as const);
    return {};
  },
  'a rule on the gate': (page, screen, token, value) =>
    withRule(page, screen, `[data-kyc-gate] { ${variableOf(token)}: ${value} }`),
  'a rule on an element around it': (page, screen, token, value) =>
    withRule(page, screen, `:root { --brand: ${value}; ${variableOf(token)}: var(--brand) }`),
};

async function withRule(page: Page, screen: string, content: string): Promise<{ undo: () => Promise<void> }> {
  const style = await page.addStyleTag({ content });
  await page.evaluate((it) => window.look.show(it), screen);
  return { undo: () => style.evaluate((element) => (element as HTMLElement).remove()) };
}

async function computed(page: Page, { of, property }: Seen): Promise<string> {
  const [part = '', pseudo = ''] = of.split(/:+/);
  if (pseudo === 'focus-visible') await page.keyboard.press('Tab');
  const element = page.locator(`[data-kyc-part=${part}]`).first();
  return element.evaluate(
    (it, [before, name]) => getComputedStyle(it, before ? '::before' : undefined).getPropertyValue(name),
    [pseudo === 'before', property] as const,
  );
}

look.for(Object.entries(ways))('every token set by %s changes what it says', async ([, set], { open }) => {
  const page = await open();
  for (const [token, { value, shows }] of tokens) {
    for (const where of shows) {
      await page.evaluate((it) => window.look.show(it), where.screen);
      expect(await computed(page, where), `${token} on ${where.of} before`).not.toBe(where.is);
      const { undo } = await set(page, where.screen, token, value);
      expect(await computed(page, where), `${token} on ${where.of}`).toBe(where.is);
      await undo?.();
    }
  }
});

look('the style sheet reads the tokens, all of them, and no other variable of that name', () => {
  const css = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src', 'styles.css'), 'utf8');
  const read = new Set(Array.from(css.matchAll(/var\((--kyc-gate-[\w-]+)/g), ([, name]) => name));
  expect([...read].sort()).toEqual(tokens.map(([token]) => variableOf(token)).sort());
  const mentioned = new Set(css.replaceAll(/\/\*.*?\*\//gs, '').match(/--kyc-gate-[\w-]+/g));
  expect([...mentioned].sort()).toEqual([...read].sort());
});
