import type { Tokens } from './Tokens';
import { variableOf } from './variableOf';
import type { WithdrawTheme } from './WithdrawProps';

type Counterparts = readonly (keyof WithdrawTheme)[];

/** Token → Coinflow's keys for the same thing. Source: Coinflow's branding guide and `MerchantTheme` of `@coinflowlabs/react` 5.22.1. */
const counterparts: Readonly<Record<keyof Tokens, Counterparts>> = {
  surface: ['background', 'cardBackground'],
  text: ['textColor'],
  muted: ['textColorAccent', 'placeholderColor'],
  accent: ['primary', 'ctaColor'],
  onAccent: ['textColorAction'],
  border: ['backgroundAccent2'],
  danger: [],
  success: [],
  focus: [],
  radius: ['style'],
  space: [],
  font: ['font'],
  fontSize: ['fontSize'],
  fontWeight: ['fontWeight'],
  titleWeight: [],
  lineHeight: [],
  shadow: [],
  motion: [],
  minHeight: [],
};

/** From this many pixels on, corners are a pill's. */
const pillPx = 20;

/**
 * The gate's tokens as Coinflow's theme, in concrete values: the browser itself resolves variables, mixes, relative units and system colours.
 *
 * @param root the gate's root, in the document
 * @param own the merchant's explicit `withdraw.theme`; wins key by key
 * @returns `own` alone where the gate's look is left at its default: the branding of Coinflow's dashboard holds then
 */
export function formTheme(root: HTMLElement, own: WithdrawTheme | undefined): WithdrawTheme | undefined {
  const style = getComputedStyle(root);
  const tokens = Object.keys(counterparts) as (keyof Tokens)[];
  const isChosen = root.dataset.kycTheme !== 'default' && root.dataset.kycTheme !== 'none';
  if (!isChosen && !tokens.some((token) => style.getPropertyValue(variableOf(token)))) return own;

  const resolved: Record<string, string> = {};
  for (const token of tokens) {
    const value = counterparts[token].length > 0 ? valueOf(root, style, token) : undefined;
    if (value) for (const key of counterparts[token]) resolved[key] = value;
  }
  // Fields and hovered rows: a shade away from the surface.
  const shade = colour(root, 'color-mix(in srgb, var(--_surface), var(--_text) 5%)');
  if (shade) resolved.backgroundAccent = shade;
  return { ...resolved, ...own };
}

function valueOf(root: HTMLElement, style: CSSStyleDeclaration, token: keyof Tokens): string | undefined {
  if (token === 'fontSize' || token === 'fontWeight') return style[token];
  if (token === 'font') return namedFamily(style.fontFamily);
  if (token === 'radius') {
    const pixels = Number.parseFloat(style.borderStartStartRadius);
    return pixels === 0 ? 'sharp' : pixels >= pillPx ? 'pill' : 'rounded';
  }
  const name = variableOf(token);
  // What the style sheet made of the token, or, unstyled, the token itself.
  const value = `var(${name.replace('kyc-gate-', '_')}, var(${name}))`;
  return colour(root, `color-mix(in srgb, ${value}, ${value})`);
}

/** The first family, since Coinflow takes one, by name; not a system font, which has none. */
function namedFamily(families: string): string | undefined {
  const [first = ''] = families.split(',');
  return /^(-apple-|system-|ui-|BlinkMac|(sans-)?serif|monospace|cursive|fantasy|math)/.test(first) ? undefined : first.replace(/["']/g, '').trim();
}

/** A colour in hex. A mix, even of a colour with itself, makes the browser say it in sRGB; where it cannot, there is nothing to pass on. */
function colour(root: HTMLElement, value: string): string | undefined {
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.setProperty('caret-color', value);
  root.append(probe);
  const parts = /^color\(srgb ([^)]*)\)$/.exec(getComputedStyle(probe).caretColor)?.[1]?.split(/[ /]+/).map(Number);
  probe.remove();
  return parts && `#${parts.map((part) => Math.round(Math.min(1, Math.max(0, part)) * 255).toString(16).padStart(2, '0')).join('')}`;
}
