import type { CSSProperties } from 'react';
import type { Appearance } from './Appearance';

/** The tokens as CSS variables. */
export function variablesOf({ variables = {} }: Appearance): CSSProperties {
  return Object.fromEntries(
    Object.entries(variables).map(([token, value]) => [`--kyc-gate-${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value]),
  );
}
