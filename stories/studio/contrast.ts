import { blend, type Color, clampChroma, converter, formatHex, parse, wcagContrast } from 'culori';
import type { Tokens } from '../../src/index';

/** Two colours that meet on a screen of the gate. */
interface ContrastPair {
  readonly what: string;
  readonly front: string;
  readonly back: string;
  /** Of WCAG 2.2: 4.5 for text (1.4.3), 3 for what is drawn (1.4.11). */
  readonly atLeast: 3 | 4.5;
  /** The tokens at play, the one to change first. */
  readonly tokens: readonly [keyof Tokens, ...(keyof Tokens)[]];
}

/** How a pair does. */
export interface Contrast extends ContrastPair {
  readonly ratio: number;
  /** The nearest colour of the first token's hue that would do; `undefined` where the pair does, or no such colour could. */
  readonly better?: string;
}

/** Coinflow's fields and rows, as `formTheme.ts` has them. */
const field = 'color-mix(in srgb, var(--_surface), var(--_text) 5%)';
const tint = (token: string) => `color-mix(in srgb, var(--_${token}) 12%, var(--_surface))`;

/** As `styles.css` puts them together. */
const pairs: readonly ContrastPair[] = [
  { what: 'Titles', front: 'var(--_text)', back: 'var(--_surface)', atLeast: 4.5, tokens: ['text', 'surface'] },
  { what: 'Descriptions', front: 'var(--_muted)', back: 'var(--_surface)', atLeast: 4.5, tokens: ['muted', 'surface'] },
  { what: 'Links', front: 'var(--_accent)', back: 'var(--_surface)', atLeast: 4.5, tokens: ['accent', 'surface'] },
  {
    what: 'The main button',
    front: 'var(--_on-accent)',
    back: 'var(--_accent)',
    atLeast: 4.5,
    tokens: ['onAccent', 'accent'],
  },
  {
    what: 'The main button under the pointer',
    front: 'var(--_on-accent)',
    back: 'color-mix(in srgb, var(--_accent) 88%, var(--_text))',
    atLeast: 4.5,
    tokens: ['onAccent', 'accent', 'text'],
  },
  {
    what: 'The icon while waiting',
    front: 'var(--_accent)',
    back: tint('accent'),
    atLeast: 3,
    tokens: ['accent', 'surface'],
  },
  {
    what: 'The icon of a notice',
    front: 'var(--_muted)',
    back: tint('muted'),
    atLeast: 3,
    tokens: ['muted', 'surface'],
  },
  {
    what: 'The icon of a problem',
    front: 'var(--_danger)',
    back: tint('danger'),
    atLeast: 3,
    tokens: ['danger', 'surface'],
  },
  {
    what: 'A step that is done',
    front: 'var(--_success)',
    back: 'var(--_surface)',
    atLeast: 3,
    tokens: ['success', 'surface'],
  },
  { what: 'Text in the form’s fields', front: 'var(--_text)', back: field, atLeast: 4.5, tokens: ['text', 'surface'] },
  {
    what: 'Small text in the form’s fields',
    front: 'var(--_muted)',
    back: field,
    atLeast: 4.5,
    tokens: ['muted', 'surface', 'text'],
  },
  { what: 'The focus ring', front: 'var(--_focus)', back: 'var(--_surface)', atLeast: 3, tokens: ['focus', 'surface'] },
];

/** The contrasts of a gate that is in the document, from the colours as the browser computes them. */
export function contrastsOf(root: HTMLElement): Contrast[] {
  const page = resolve(root, 'Canvas');
  return pairs.map((pair) => {
    const back = over(page, resolve(root, pair.back));
    const front = over(back, resolve(root, pair.front));
    const ratio = wcagContrast(front, back);
    const better = ratio < pair.atLeast ? nearest(front, back, pair.atLeast) : undefined;
    return { ...pair, ratio, ...(better && { better }) };
  });
}

/** A colour expression in hex, as the browser computes it at this place. */
export function hexOf(root: HTMLElement, expression: string): string {
  return formatHex(resolve(root, expression));
}

/** Whether it is darker than it is light: a theme on it starts from the dark one. */
export function isDark(colour: string): boolean {
  return wcagContrast(colour, '#fff') > wcagContrast(colour, '#000');
}

function resolve(root: HTMLElement, expression: string): Color {
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.backgroundColor = expression;
  root.append(probe);
  const computed = parse(getComputedStyle(probe).backgroundColor);
  probe.remove();
  return computed ?? { mode: 'rgb', r: 0, g: 0, b: 0, alpha: 0 };
}

function over(back: Color, front: Color): Color {
  return blend([back, front], 'normal', 'rgb');
}

function nearest(front: Color, back: Color, atLeast: number): string | undefined {
  const { l, c, h } = converter('oklch')(front);
  for (let step = 0.01; step <= 1; step += 0.01) {
    for (const lightness of [l - step, l + step]) {
      if (lightness < 0 || lightness > 1) continue;
      // Rounded as it will be written.
      const hex = formatHex(clampChroma({ mode: 'oklch', l: lightness, c, ...(h !== undefined && { h }) }, 'oklch'));
      if (wcagContrast(hex, back) >= atLeast) return hex;
    }
  }
  return undefined;
}
