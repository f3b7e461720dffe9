import JSON5 from 'json5';
import type { Appearance, Tokens, WithdrawTheme } from '../../src/index';
import { variableOf } from '../../src/react/look/tokens';
import { isDark } from './contrast';
import type { Draft } from './draft';
import { tokenNames } from './tokenFields';

/** Coinflow's key → the token that stands for it, the first of several where they differ; `null` where there is none. A key that Coinflow adds does not compile. */
export const tokenOfKey: Readonly<Record<keyof WithdrawTheme, keyof Tokens | null>> = {
  background: 'surface',
  cardBackground: 'surface',
  textColor: 'text',
  textColorAccent: 'muted',
  placeholderColor: 'muted',
  primary: 'accent',
  ctaColor: 'accent',
  textColorAction: 'onAccent',
  backgroundAccent: null,
  backgroundAccent2: 'border',
  style: 'radius',
  font: 'font',
  fontSize: 'fontSize',
  fontWeight: 'fontWeight',
  cardNumberPlaceholder: null,
  cvvPlaceholder: null,
  expirationPlaceholder: null,
  showCardIcon: null,
};

const radii: Readonly<Record<string, string>> = { sharp: '0rem', rounded: '0.75rem', pill: '1.5rem' };
const baseThemes: readonly unknown[] = [
  'light',
  'dark',
  'system',
  'contrast',
  'vivid',
] satisfies Appearance['baseTheme'][];

const nothing =
  'There is no theme in this text. Paste an appearance, CSS with --kyc-gate-* variables, or a MerchantTheme.';

/** What was read, and what could not be taken over. */
export interface ReadTheme {
  readonly draft: Draft;
  readonly leftOut: readonly string[];
}

/**
 * Reads a theme in any of the forms that the studio hands over: `appearance`, CSS, or a `MerchantTheme`.
 *
 * @throws {Error} with a sentence for the designer
 */
export function readTheme(text: string): ReadTheme {
  if (/--kyc-gate-[\w-]+\s*:/.test(text)) return readCss(text);
  const object = readObject(text);
  const keys = Object.keys(object);
  if ('baseTheme' in object || 'variables' in object) return readAppearance(object);
  if (keys.length > 0 && keys.every((key) => isToken(key))) return readAppearance({ variables: object });
  if (keys.some((key) => key in tokenOfKey)) return readMerchantTheme(object);
  throw new Error(nothing);
}

function readCss(text: string): ReadTheme {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.includes('{') ? text : `:root { ${text} }`);
  const found = new Map<string, string>();
  const visit = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule)
        for (const name of rule.style)
          if (name.startsWith('--kyc-gate-')) found.set(name, rule.style.getPropertyValue(name).trim());
      if (rule instanceof CSSGroupingRule || rule instanceof CSSStyleRule) visit(rule.cssRules);
    }
  };
  visit(sheet.cssRules);
  if (found.size === 0)
    throw new Error('The CSS sets no --kyc-gate-* variable that can be read. Is a brace or a semicolon missing?');
  const variables: Record<string, string> = {};
  for (const token of tokenNames) {
    const value = found.get(variableOf(token));
    if (value) variables[token] = value;
    found.delete(variableOf(token));
  }
  const baseTheme = /baseTheme: '(\w+)'/.exec(text)?.[1];
  return { draft: { ...asBaseTheme(baseTheme), variables }, leftOut: [...found.keys()] };
}

function readAppearance({ baseTheme, variables, ...rest }: Record<string, unknown>): ReadTheme {
  const leftOut = Object.keys(rest);
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(typeof variables === 'object' && variables ? variables : {})) {
    if (isToken(name) && isValue(value)) known[name] = String(value);
    else leftOut.push(name);
  }
  if (baseTheme !== undefined && !baseThemes.includes(baseTheme)) leftOut.push('baseTheme');
  if (Object.keys(known).length === 0 && !baseThemes.includes(baseTheme)) throw new Error(nothing);
  return { draft: { ...asBaseTheme(baseTheme), ...(Object.keys(known).length > 0 && { variables: known }) }, leftOut };
}

function readMerchantTheme(theme: Record<string, unknown>): ReadTheme {
  const variables: Record<string, string> = {};
  const leftOut = Object.keys(theme).filter((key) => !(key in tokenOfKey));
  for (const [key, token] of Object.entries(tokenOfKey)) {
    const value = theme[key];
    if (value === undefined) continue;
    const taken = !isValue(value) ? undefined : token === 'radius' ? radii[value] : String(value);
    if (token && taken) variables[token] ??= taken;
    if (!token || variables[token] !== taken) leftOut.push(key);
  }
  if (Object.keys(variables).length === 0) throw new Error(nothing);
  const baseTheme = variables.surface && isDark(variables.surface) ? 'dark' : 'light';
  return { draft: { baseTheme, variables }, leftOut };
}

/** The object in a text, with or without the prop or the constant around it. */
function readObject(text: string): Record<string, unknown> {
  const named = /\bappearance=\{|\btheme=\{/.exec(text);
  const start = text.indexOf('{', named ? named.index + named[0].length : 0);
  let end = start;
  for (let depth = 0; end >= 0 && end < text.length; end += 1) {
    depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
    if (depth === 0) break;
  }
  if (start < 0 || end === text.length) throw new Error('There is no complete { … } in this text.');
  try {
    return JSON5.parse(
      text.slice(start, end + 1).replace(/MerchantStyle\.(\w+)/g, (_, style: string) => `'${style.toLowerCase()}'`),
    );
  } catch (error) {
    throw new Error(
      `This cannot be read: ${(error as Error).message.replace('JSON5: ', '')}. Values must be written out, in quotes.`,
      { cause: error },
    );
  }
}

function asBaseTheme(value: unknown): Draft {
  return baseThemes.includes(value) ? { baseTheme: value as NonNullable<Draft['baseTheme']> } : {};
}

function isToken(name: string): name is keyof Tokens {
  return (tokenNames as readonly string[]).includes(name);
}

function isValue(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
