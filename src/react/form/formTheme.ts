import { type Tokens, variableOf } from '../look/tokens';
import type { WithdrawTheme } from './WithdrawProps';

type Counterparts = readonly (keyof WithdrawTheme)[];

/**
 * Maps each token to Coinflow's keys for the same thing. Source: Coinflow's branding guide and `MerchantTheme`
 * of `@coinflowlabs/react` 5.22.1.
 */
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

const shared = (Object.keys(counterparts) as (keyof Tokens)[]).filter((token) => counterparts[token].length > 0);

/** Tokens that can be read from the root's computed style. The others are colours. */
const properties = {
  font: 'font-family',
  fontSize: 'font-size',
  fontWeight: 'font-weight',
  radius: 'border-start-start-radius',
} as const;

/** A radius of this many pixels or more counts as Coinflow's `pill`. */
const pillPx = 20;

/**
 * Translates the gate's tokens into Coinflow's theme, in concrete values. The browser itself resolves variables, mixes,
 * relative units and system colours.
 *
 * @param root the gate's root, in the document
 * @param own the merchant's explicit `withdraw.theme`; wins key by key
 * @returns just `own` if no theme is chosen and no token with a Coinflow counterpart is set: then the branding
 *   from Coinflow's dashboard applies
 */
export function formTheme(root: HTMLElement, own: WithdrawTheme | undefined): WithdrawTheme | undefined {
  const style = getComputedStyle(root);
  const theme = root.dataset.kycTheme;
  const isUnstyled = theme === 'none';
  const isSet = (token: keyof Tokens) => style.getPropertyValue(variableOf(token)) !== '';
  if ((isUnstyled || theme === 'default') && !shared.some(isSet)) return own;

  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.setProperty('forced-color-adjust', 'none');
  root.append(probe);
  const computed = (property: string, value: string) => {
    probe.style.setProperty(property, value);
    return getComputedStyle(probe).getPropertyValue(property);
  };
  // Uses the background because it isn't inherited: an invalid colour doesn't pick one up from around it.
  const colour = (value: string) => hexOf(computed('background-color', value));
  const valueOf = (token: keyof Tokens) => {
    const variable = variableOf(token);
    if (token in properties) {
      const property = properties[token as keyof typeof properties];
      const value = isUnstyled ? computed(property, `var(${variable})`) : style.getPropertyValue(property);
      return token === 'font' ? namedFamily(value) : token === 'radius' ? styleOf(value) : value;
    }
    const value = `var(${isUnstyled ? variable : variable.replace('kyc-gate-', '_')})`;
    return colour(`color-mix(in srgb, ${value}, ${value})`);
  };

  const resolved: Record<string, string> = {};
  for (const token of isUnstyled ? shared.filter(isSet) : shared) {
    const value = valueOf(token);
    if (value) for (const key of counterparts[token]) resolved[key] = value;
  }
  // Fields and hovered rows: one shade off the surface.
  const shade = colour('color-mix(in srgb, var(--_surface), var(--_text) 5%)');
  if (shade) resolved.backgroundAccent = shade;
  probe.remove();
  return { ...resolved, ...own };
}

function styleOf(radius: string): string {
  const pixels = Number.parseFloat(radius);
  return pixels === 0 ? 'sharp' : pixels >= pillPx ? 'pill' : 'rounded';
}

/** The first font family, because Coinflow takes one. System fonts have no name to pass on. */
function namedFamily(families: string): string | undefined {
  const [, quoted, plain = ''] = /^(?:"([^"]*)"|([^,]*))/.exec(families) ?? [];
  return (
    quoted ??
    (/^(-|system-|ui-|BlinkMac|(sans-)?serif|monospace|cursive|fantasy|math|fangsong|emoji)/.test(plain)
      ? undefined
      : plain.trim())
  );
}

/**
 * Reads a computed `color-mix()`, which is always `color(srgb …)`; anything else is no valid colour.
 * Components may be missing (`none`).
 */
function hexOf(mix: string): string | undefined {
  const parts = /^color\(srgb ([^)]*)\)$/
    .exec(mix)?.[1]
    ?.split(/[ /]+/)
    .map((part) => Number.parseFloat(part) || 0);
  return (
    parts &&
    `#${parts
      .map((part) =>
        Math.round(Math.min(1, Math.max(0, part)) * 255)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`
  );
}
