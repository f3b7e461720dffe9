import type { CSSProperties } from 'react';
import type { GateState } from '../gate/GateState';

/** How the gate looks. Plain CSS on the same attributes and variables does just as well; see `styles.css`. */
export interface Appearance {
  /**
   * A finished theme to start from; needs `styles.css`. `page` follows the `color-scheme` of the element around the gate.
   * @default 'page'
   * @selector [data-kyc-theme]
   */
  readonly baseTheme?: 'page' | 'system' | 'light' | 'dark';
  /** Design tokens. Each is the CSS variable `--kyc-gate-<name>` on the gate's root. */
  readonly variables?: Partial<Readonly<Record<Token, string>>>;
  /** Per part: a class name, a style, or a function of the state that gives one. */
  readonly elements?: { readonly [Name in Part]?: ElementLook | ((state: GateState) => ElementLook | undefined) };
  readonly layout?: {
    /** How high the form is: as high as Coinflow's page says, or a number of pixels, in which it scrolls. Fixed when the form opens. @default 'auto' */
    readonly height?: 'auto' | number;
  };
  /** Leaves out the look of `styles.css`; structure, texts and attributes stay. @default false */
  readonly unstyled?: boolean;
}

/** A class name or a style. */
export type ElementLook = string | CSSProperties;

/** Design tokens: the names of `appearance.variables`. Each may hold any CSS value of its kind. */
export type Token =
  | 'surface'
  | 'text'
  | 'muted'
  | 'accent'
  | 'onAccent'
  | 'border'
  | 'danger'
  | 'success'
  | 'focus'
  | 'radius'
  | 'space'
  | 'font'
  | 'fontSize'
  | 'fontWeight'
  | 'titleWeight'
  | 'lineHeight'
  | 'shadow'
  | 'motion'
  | 'minHeight';

/**
 * Parts of the gate, each an element with `data-kyc-part`.
 *
 * `screen` covers the form's place, `card` holds what a screen says; `alert` holds title and description of a problem; `step` carries `data-kyc-step`
 * (`done | current | next`); `live` is read by screen readers only; `notice` stands below a form whose frame stays silent.
 */
export type Part =
  | 'root'
  | 'screen'
  | 'card'
  | 'icon'
  | 'alert'
  | 'title'
  | 'description'
  | 'progress'
  | 'steps'
  | 'step'
  | 'actions'
  | 'button'
  | 'secondaryButton'
  | 'link'
  | 'form'
  | 'notice'
  | 'live';
