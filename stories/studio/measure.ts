import type { Tokens, WithdrawTheme } from '../../src/index';
import { formTheme } from '../../src/react/form/formTheme';
import { variableOf } from '../../src/react/look/tokens';
import { type Contrast, contrastsOf, hexOf } from './contrast';
import { tokenFields, tokenNames } from './tokenFields';

/** What the browser makes of a draft. */
export interface Measured {
  /** Each colour token in hex. */
  readonly colours: { readonly [Token in keyof Tokens]?: string };
  readonly contrasts: readonly Contrast[];
  /** What Coinflow's form is given. */
  readonly theme: WithdrawTheme | undefined;
}

/** Measures a gate that is in the document. */
export function measure(root: HTMLElement): Measured {
  const colours = tokenNames.filter((token) => tokenFields[token].property === 'color');
  return {
    colours: Object.fromEntries(
      colours.map((token) => [token, hexOf(root, `var(${variableOf(token).replace('kyc-gate-', '_')})`)]),
    ),
    contrasts: contrastsOf(root),
    theme: formTheme(root, undefined),
  };
}
