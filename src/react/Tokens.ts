/**
 * Design tokens. Each is the CSS variable `--kyc-gate-<name>` (`onAccent` is `--kyc-gate-on-accent`) on the gate or any element around it, and an entry of
 * `appearance.variables`; both take any CSS value of the kind named, `var()`, `color-mix()` and `oklch()` included. Defaults are those of the light and the dark theme.
 *
 * Where one with a key of Coinflow's `MerchantTheme` is set, or a `baseTheme` is chosen, Coinflow's form is given the same look: all tokens, as the browser computes them, under the keys named
 * here; unstyled, those that are set.
 */
export interface Tokens {
  /** Colour behind everything. Coinflow: `background`, `cardBackground`. @default `#fff`, `#15171c` */
  readonly surface: string;
  /** Colour of titles and labels. Coinflow: `textColor`. @default `#14161a`, `#f2f3f5` */
  readonly text: string;
  /** Colour of descriptions. Coinflow: `textColorAccent`, `placeholderColor`. @default `#565c69`, `#a9afbb` */
  readonly muted: string;
  /** Colour of the main button, links and progress. Coinflow: `primary`, `ctaColor`. @default `#3538cd`, `#a4b1ff` */
  readonly accent: string;
  /** Colour of text on `accent`. Coinflow: `textColorAction`. @default `#fff`, `#14163a` */
  readonly onAccent: string;
  /** Colour of the progress bar's track, and of the form in outline. Coinflow: `backgroundAccent2`. @default `#dfe3ea`, `#30343d` */
  readonly border: string;
  /** Colour of a problem's icon. @default `#b42318`, `#ff9c92` */
  readonly danger: string;
  /** Colour of a step that is done. @default `#067647`, `#6ce0a3` */
  readonly success: string;
  /** Colour of the ring around what has the focus. @default `accent` */
  readonly focus: string;
  /** Length: how round corners are. Coinflow: `style`, `sharp` at 0, `pill` from 20 px on, else `rounded`. @default `0.75rem` */
  readonly radius: string;
  /** Length that all spacing is made of. @default `1rem` */
  readonly space: string;
  /** Font family. Coinflow: `font`, the first family, where it is not a system font. @default `system-ui, sans-serif` */
  readonly font: string;
  /** Length. Coinflow: `fontSize`. @default `1rem` */
  readonly fontSize: string;
  /** Coinflow: `fontWeight`. @default `400` */
  readonly fontWeight: string;
  /** Font weight of titles. @default `650` */
  readonly titleWeight: string;
  /** @default `1.5` */
  readonly lineHeight: string;
  /** Box shadow of the gate. @default `none` */
  readonly shadow: string;
  /** Time of one pass of the progress bar; `0s` holds it still. @default `1.6s` */
  readonly motion: string;
  /** Length: least height of the gate, with screen or form. @default `30rem` */
  readonly minHeight: string;
}
