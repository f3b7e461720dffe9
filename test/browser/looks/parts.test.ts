import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Part } from '../../../src';
import { look } from './look';

/** Where each part is to be seen. A part that is missing here does not compile. */
const screenWith: { readonly [Name in Part]: string } = {
  root: 'consent',
  screen: 'consent',
  card: 'consent',
  icon: 'consent',
  alert: 'declined',
  title: 'consent',
  description: 'consent',
  progress: 'checking',
  steps: 'checking',
  step: 'checking',
  time: 'delayed',
  skeleton: 'opening',
  actions: 'consent',
  button: 'consent',
  secondaryButton: 'withdrawUnavailable',
  link: 'consent',
  form: 'form',
  notice: 'form',
  live: 'consent',
};
const parts = Object.keys(screenWith) as Part[];
const css = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src', 'styles.css'), 'utf8');

/** Names in the page, or in the style sheet: attributes, each with the values it takes. */
function attributesIn(text: string): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const [, name = '', value = ''] of text.matchAll(/data-kyc-([\w-]+)=["']([\w-]+)["']/g))
    (found[name] ??= new Set()).add(value);
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, [...values].sort()]));
}

/** The markup of every screen there is, one after the other, and of a form whose frame stays silent. */
async function everyMarkup(page: Page): Promise<string> {
  const html: string[] = [];
  for (const screen of await page.evaluate(() => window.look.screens)) {
    await page.evaluate((it) => window.look.show(it), screen);
    if (screen === 'form') await showNotice(page);
    html.push(await page.locator('#root').innerHTML());
  }
  return html.join('\n');
}

/** The gate waits for a word of the frame, on a clock that is moved on here. */
async function showNotice(page: Page): Promise<void> {
  await page.locator('[data-kyc-part=form] iframe').waitFor({ state: 'attached' });
  await page.clock.runFor(15_000);
  await page.locator('[data-kyc-part=notice]').waitFor();
}

const silent = { ownClock: true, form: '<!doctype html><title>Silent</title>' };

look('the parts that are documented are those in the page, and the style sheet knows no others', async ({ open }) => {
  const page = await open(silent);
  const shown = attributesIn(await everyMarkup(page));
  expect(shown.part).toEqual([...parts].sort());
  const styled = attributesIn(css);
  // The root is styled by its `data-kyc-gate`; an alert is its title and description.
  expect(styled.part).toEqual(parts.filter((part) => part !== 'root' && part !== 'alert').sort());
});

look('the README names them all', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');
  const named = (attribute: string) => {
    const row =
      readme
        .split('\n')
        .find((line) => line.startsWith(`| \`${attribute}\` |`))
        ?.split('|')[3] ?? '';
    return Array.from(row.matchAll(/`(\w+)`/g), ([, name]) => name).sort();
  };
  expect(named('data-kyc-part')).toEqual([...parts].sort());
  expect(named('data-kyc-mood')).toEqual(['notice', 'problem', 'progress', 'question']);
  expect(named('data-kyc-step')).toEqual(['current', 'done', 'next']);
});

look(
  'the other attributes are documented too, and the style sheet asks for no value that the page never has',
  async ({ open }) => {
    const page = await open(silent);
    const shown = attributesIn(await everyMarkup(page));
    expect(Object.keys(shown).sort()).toEqual(['gate', 'mood', 'part', 'step', 'theme']);
    expect(shown.mood).toEqual(['notice', 'problem', 'progress', 'question']);
    expect(shown.step).toEqual(['current', 'done', 'next']);
    const themes: string[] = [];
    for (const appearance of [
      {},
      { unstyled: true },
      ...(['light', 'dark', 'system', 'contrast', 'vivid'] as const).map((baseTheme) => ({ baseTheme })),
    ]) {
      await page.evaluate((it) => window.look.show('consent', { appearance: it }), appearance);
      themes.push((await page.locator('[data-kyc-gate]').getAttribute('data-kyc-theme')) ?? '');
    }
    expect(themes.sort()).toEqual(['contrast', 'dark', 'default', 'light', 'none', 'system', 'vivid']);
    const values = { ...shown, theme: themes } as Record<string, string[]>;
    for (const [name, asked] of Object.entries(attributesIn(css)))
      expect(values[name], name).toEqual(expect.arrayContaining(asked));
  },
);

look('every part takes a class name, a style, or a function of the state', async ({ open }) => {
  const page = await open(silent);
  for (const part of parts) {
    const see = async () => {
      if (part === 'notice') await showNotice(page);
      const element = page.locator(`[data-kyc-part=${part}]`).first();
      await element.waitFor({ state: 'attached' });
      return element.evaluate((it) => ({
        class: it.getAttribute('class') ?? '',
        opacity: getComputedStyle(it).opacity,
        status: it.closest('[data-kyc-gate]')?.getAttribute('data-kyc-gate'),
      }));
    };
    const on = [part, screenWith[part]] as const;
    await page.evaluate(
      ([name, screen]) => window.look.show(screen, { appearance: { elements: { [name]: 'mine and-mine' } } }),
      on,
    );
    expect((await see()).class, part).toBe('mine and-mine');
    await page.evaluate(
      ([name, screen]) => window.look.show(screen, { appearance: { elements: { [name]: { opacity: 0.25 } } } }),
      on,
    );
    expect((await see()).opacity, part).toBe('0.25');
    await page.evaluate(
      ([name, screen]) =>
        window.look.show(screen, {
          appearance: { elements: { [name]: (state: { status: string }) => `is-${state.status}` } },
        }),
      on,
    );
    const { class: given, status } = await see();
    expect(given, part).toBe(`is-${status}`);
    await page.evaluate(
      ([name, screen]) => window.look.show(screen, { appearance: { elements: { [name]: () => ({ opacity: 0.5 }) } } }),
      on,
    );
    expect((await see()).opacity, part).toBe('0.5');
  }
});

look(
  'the root takes the class names and styles of all who give some, and one that throws does no harm',
  async ({ open }) => {
    const page = await open();
    await page.evaluate(() =>
      window.look.show('consent', {
        className: 'of-props',
        style: { outlineColor: 'rgb(1, 2, 3)' },
        appearance: {
          variables: { radius: '5px' },
          elements: {
            root: 'of-elements',
            card: () => {
              throw new Error('not today');
            },
          },
        },
      }),
    );
    const gate = page.locator('[data-kyc-gate]');
    expect(await gate.getAttribute('class')).toBe('of-elements of-props');
    expect(await gate.evaluate((it) => [it.style.outlineColor, getComputedStyle(it).borderRadius])).toEqual([
      'rgb(1, 2, 3)',
      '5px',
    ]);
    expect(await page.locator('[data-kyc-part=card]').getAttribute('class')).toBeNull();
    expect(await page.getByRole('heading').count()).toBe(1);
  },
);

look('unstyled, structure, words and attributes are the same, and no rule of the look applies', async ({ open }) => {
  const page = await open();
  for (const screen of await page.evaluate(() => window.look.screens)) {
    if (screen === 'form') continue;
    const seen = async (unstyled: boolean) => {
      await page.evaluate(([it, off]) => window.look.show(it, { appearance: { unstyled: off } }), [
        screen,
        unstyled,
      ] as const);
      // What is said comes a moment later, and times go on.
      return (await page.locator('#root').innerHTML()).replaceAll(
        / data-kyc-theme="\w+"|(?<=data-kyc-part="live">)[^<]+|(?<=>)[^<]*(?:second|minute)[^<]*(?=<)/g,
        '',
      );
    };
    expect(await seen(true), screen).toBe(await seen(false));
  }
  await page.evaluate(() => window.look.show('consent', { appearance: { unstyled: true } }));
  const style = await page.evaluate(() =>
    Array.from(document.querySelectorAll('[data-kyc-gate], [data-kyc-gate] :not([data-kyc-part=live])'), (element) => {
      const plain = document.createElement(element.tagName);
      document.body.append(plain);
      const [ours, theirs] = [element, plain].map((it) =>
        ['display', 'background-color', 'padding-top', 'font-size', 'border-radius']
          .map((name) => getComputedStyle(it).getPropertyValue(name))
          .join(),
      );
      plain.remove();
      return ours === theirs || element.namespaceURI?.includes('svg') ? '' : element.outerHTML;
    }).filter(Boolean),
  );
  expect(style).toEqual([]);
  // What only screen readers are told stays hidden from the eye.
  expect(await page.locator('[data-kyc-part=live]').evaluate((it) => getComputedStyle(it).clipPath)).toBe('inset(50%)');
});

look('a screen of the merchant’s own replaces the gate’s, with its words and what it can do', async ({ open }) => {
  const page = await open();
  await page.evaluate(() =>
    window.look.show('declined', {
      components: { declined: ({ state, words }) => `${words.title} (${state.reasons.join()})` },
    }),
  );
  expect(await page.locator('[data-kyc-part=screen]').textContent()).toBe(
    'Your verification was not accepted (Document is not readable)',
  );
  expect(await page.locator('[data-kyc-part=card]').count()).toBe(0);
  await page.evaluate(() => window.look.show('expired', { components: { declined: () => 'never' } }));
  expect(await page.getByRole('heading').textContent()).toBe('Your verification has expired');
});
