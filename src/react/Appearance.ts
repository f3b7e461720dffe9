import type { CSSProperties } from 'react';
import type { GateState } from '../gate/GateState';
import type { Parts } from './Parts';
import type { Tokens } from './Tokens';

/** How the gate looks. Plain CSS on the same attributes and variables does just as well; see `styles.css`. */
export interface Appearance {
  /**
   * A finished theme to start from; needs `styles.css`. `system` is light or dark by the user's own setting; `contrast` is black and white with strong lines, by the
   * same setting; `vivid` is a bright brand to start from. A change shows at once; an open form takes it over at `reload()`.
   * @default 'light'
   * @selector [data-kyc-theme]
   */
  readonly baseTheme?: 'light' | 'dark' | 'system' | 'contrast' | 'vivid';
  /** Design tokens, for the gate and for Coinflow's form. The same as setting their CSS variables. */
  readonly variables?: Partial<Tokens>;
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

/** Name of a part: the value of its `data-kyc-part`. */
export type Part = keyof Parts;
