import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { look } from './look';

const css = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src', 'styles.css'), 'utf8').replaceAll(
  /\/\*.*?\*\//gs,
  '',
);
const declarations = [...css.matchAll(/^\s*([\w-]+):\s*([^;{]*);$/gm)].map(([, property = '', value = '']) => ({
  property,
  value,
}));
const selectors = [...css.matchAll(/^\s*([^@\s{}][^;{}]*)\{/gm)]
  .map(([, selector = '']) => selector.trim())
  .filter((selector) => !/^(from|to)$/.test(selector));

look('the style sheet is one layer, and nothing outside of it', async ({ open }) => {
  const page = await open();
  const rules = await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return Array.from(sheet.cssRules, (rule) => (rule instanceof CSSLayerBlockRule ? rule.name : rule.cssText));
  }, css);
  expect(rules).toEqual(['kyc-gate']);
});

look('the style sheet selects by the gate’s own attributes: no tag, class or id', () => {
  expect(selectors.length).toBeGreaterThan(20);
  const named = (selector: string) =>
    selector.replaceAll(/\[data-kyc-[^\]]*\]|::?[\w-]+/g, '').replaceAll(/[&>*,()\s]/g, '');
  expect(named("& [data-kyc-part='title'] > p.mine")).toBe('p.mine');
  expect(selectors.filter((selector) => named(selector) !== '')).toEqual([]);
  // And each begins at the gate.
  expect(selectors.filter((selector) => !/^(&|\[data-kyc-(gate|part))/.test(selector))).toEqual([]);
});

look('the style sheet overrules nobody, and knows neither left nor right', () => {
  expect(declarations.length).toBeGreaterThan(100);
  expect(css).not.toContain('!important');
  const physical =
    /^((margin|padding|border|inset|scroll-(margin|padding))-(top|right|bottom|left)\b.*|(min-|max-)?(width|height)|top|right|bottom|left|float|clear|border-(top|bottom)-(left|right)-radius)$/;
  expect('border-left-width').toMatch(physical);
  expect(
    declarations.filter(
      ({ property, value }) =>
        physical.test(property) || /^(text-align|float|justify-\w+): (left|right)$/.test(`${property}: ${value}`),
    ),
  ).toEqual([]);
});

look('no screen puts a style element or a sheet of its own into the page', async ({ open }) => {
  const page = await open();
  const sheets = () =>
    page.evaluate(() => [
      document.querySelectorAll('style').length,
      document.adoptedStyleSheets.length,
      document.styleSheets.length,
    ]);
  const before = await sheets();
  for (const screen of await page.evaluate(() => window.look.screens)) {
    await page.evaluate(
      (it) => window.look.show(it, { appearance: { baseTheme: 'vivid', variables: { accent: 'red' } } }),
      screen,
    );
    expect(await sheets(), screen).toEqual(before);
  }
});
