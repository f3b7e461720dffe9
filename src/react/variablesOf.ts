import type { CSSProperties } from 'react';
import type { Appearance } from './Appearance';
import type { Tokens } from './Tokens';
import { variableOf } from './variableOf';

/** The tokens as CSS variables. */
export function variablesOf({ variables = {} }: Appearance): CSSProperties {
  return Object.fromEntries(
    Object.entries(variables).map(([token, value]) => [variableOf(token as keyof Tokens), value]),
  );
}
