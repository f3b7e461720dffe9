import type { Tokens } from './Tokens';

/** The CSS variable of a token. */
export function variableOf(token: keyof Tokens): `--kyc-gate-${string}` {
  return `--kyc-gate-${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
