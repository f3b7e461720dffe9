/**
 * Design tokens. Set one as the CSS variable `--kyc-gate-<name>` (`onAccent` is `--kyc-gate-on-accent`) on the gate or
 * any element around it, or in `appearance.variables`. Both take any CSS value of the kind named here, including
 * `var()`, `color-mix()` and `oklch()`. Two defaults are those of the light and the dark theme.
 *
 * Coinflow's form gets the same look if you choose a `baseTheme`, or set a token that has a key in
 * Coinflow's `MerchantTheme` (named here). It then gets all such tokens, as the browser computes them; with
 * `unstyled`, only those that are set.
 */
export interface Tokens {
  /** Background colour. Coinflow: `background`, `cardBackground`. @default `#fff`, `#15171c` */
  readonly surface: string;
  /** Colour of titles and labels. Coinflow: `textColor`. @default `#14161a`, `#f2f3f5` */
  readonly text: string;
  /** Colour of descriptions. Coinflow: `textColorAccent`, `placeholderColor`. @default `#565c69`, `#a9afbb` */
  readonly muted: string;
  /** Colour of the main button, links and progress. Coinflow: `primary`, `ctaColor`. @default `#3538cd`, `#a4b1ff` */
  readonly accent: string;
  /** Colour of text on `accent`. Coinflow: `textColorAction`. @default `#fff`, `#14163a` */
  readonly onAccent: string;
  /**
   * Colour of the progress bar's track and of the form's outline. Coinflow: `backgroundAccent2`.
   * @default `#dfe3ea`, `#30343d`
   */
  readonly border: string;
  /** Colour of the icon on problem screens. @default `#b42318`, `#ff9c92` */
  readonly danger: string;
  /** Colour of completed steps. @default `#067647`, `#6ce0a3` */
  readonly success: string;
  /** Colour of the focus ring. @default `accent` */
  readonly focus: string;
  /** Corner radius, a length. Coinflow: `style`: `sharp` at 0, `pill` from 20 px, else `rounded`. @default `0.75rem` */
  readonly radius: string;
  /** Base length of all spacing. @default `1rem` */
  readonly space: string;
  /** Font family. Coinflow: `font`, the first family unless it is a system font. @default `system-ui, sans-serif` */
  readonly font: string;
  /** Font size, a length. Coinflow: `fontSize`. @default `1rem` */
  readonly fontSize: string;
  /** Font weight of the text. Coinflow: `fontWeight`. @default `400` */
  readonly fontWeight: string;
  /** Font weight of titles. @default `650` */
  readonly titleWeight: string;
  /** Line height of the text. @default `1.5` */
  readonly lineHeight: string;
  /** Box shadow of the gate. @default `none` */
  readonly shadow: string;
  /** Duration of one pass of the progress bar; `0s` stops it. @default `1.6s` */
  readonly motion: string;
  /** Minimum height of the gate, with a screen or the form; a length. @default `30rem` */
  readonly minHeight: string;
}

/** The CSS variable of a token. */
export function variableOf(token: keyof Tokens): `--kyc-gate-${string}` {
  return `--kyc-gate-${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
