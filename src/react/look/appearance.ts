import type { CSSProperties } from 'react';
import type { GateState } from '../../gate/GateState';
import { callSafely } from '../callSafely';
import type { Parts } from './parts';
import { type Tokens, variableOf } from './tokens';

/** The look of the gate. Plain CSS on the same attributes and variables works just as well; see `styles.css`. */
export interface Appearance {
  /**
   * A complete theme to start from; needs `styles.css`. `system` follows the user's light or dark setting. `contrast`
   * is black and white with strong lines, and follows the same setting. `vivid` is a bright brand to start from. A
   * change shows at once; an open form picks it up on `reload()`.
   * @default 'light'
   * @selector [data-kyc-theme]
   */
  readonly baseTheme?: 'light' | 'dark' | 'system' | 'contrast' | 'vivid';
  /** Design tokens for the gate and Coinflow's form. Same as setting their CSS variables. */
  readonly variables?: Partial<Tokens>;
  /** For each part: a class name, a style, or a function of the state that returns one. */
  readonly elements?: { readonly [Name in Part]?: ElementLook | ((state: GateState) => ElementLook | undefined) };
  /** Layout of the gate and the form. */
  readonly layout?: {
    /**
     * Height of the form: `auto` is what Coinflow's page asks for; a number is pixels, and the form
     * scrolls. Fixed when the form opens.
     * @default 'auto'
     */
    readonly height?: 'auto' | number;
  };
  /** Turns the look of `styles.css` off; structure, texts and attributes stay. @default false */
  readonly unstyled?: boolean;
}

/** A class name or a style. */
export type ElementLook = string | CSSProperties;

/** Name of a part: the value of its `data-kyc-part`. */
export type Part = keyof Parts;

/** Attributes on a part's element. */
export interface PartProps {
  readonly 'data-kyc-part': Part;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** Returns the attributes that name a part and carry the merchant's look. */
export type LookOf = (part: Part) => PartProps;

/** Creates the look of all parts in one state. */
export function createLookOf({ elements = {} }: Appearance, state: GateState): LookOf {
  return (part) => {
    const given = elements[part];
    const look = typeof given === 'function' ? callSafely(() => given(state)) : given;
    return { 'data-kyc-part': part, ...(typeof look === 'string' ? { className: look } : look && { style: look }) };
  };
}

/** The tokens as CSS variables. */
export function variablesOf({ variables = {} }: Appearance): CSSProperties {
  const entries = Object.entries(variables) as [keyof Tokens, string][];
  return Object.fromEntries(entries.map(([token, value]) => [variableOf(token), value]));
}

/**
 * Sets the styles of a gate's parts again, from their attributes. Under a Content-Security-Policy
 * without inline styles, the browser drops the styles in server-rendered markup, React assumes they are
 * set, and only a script may set them.
 */
export function reviveStyles(root: HTMLElement): void {
  for (const part of [root, ...root.querySelectorAll<HTMLElement>('[data-kyc-part][style]')]) {
    part.style.cssText = part.getAttribute('style') ?? '';
  }
}
