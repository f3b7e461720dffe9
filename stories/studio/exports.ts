import type { WithdrawTheme } from '../../src/index';
import { variableOf } from '../../src/react/look/tokens';
import type { Draft } from './draft';
import { tokenNames } from './tokenFields';

/** The draft as a prop of the gate. */
export function asAppearance({ baseTheme, variables = {} }: Draft): string {
  const lines = entries(variables).map(([token, value]) => `    ${token}: ${literal(value)},`);
  if (!baseTheme && lines.length === 0) return 'appearance={{}}';
  return [
    'appearance={{',
    ...(baseTheme ? [`  baseTheme: ${literal(baseTheme)},`] : []),
    ...(lines.length > 0 ? ['  variables: {', ...lines, '  },'] : []),
    '}}',
  ].join('\n');
}

/** The draft as CSS. A base theme cannot be said in CSS; a comment says where it goes. */
export function asCss({ baseTheme, variables = {} }: Draft): string {
  return [
    ...(baseTheme ? [`/* With appearance={{ baseTheme: ${literal(baseTheme)} }} on the gate. */`] : []),
    '[data-kyc-gate] {',
    ...entries(variables).map(([token, value]) => `  ${variableOf(token)}: ${value};`),
    '}',
  ].join('\n');
}

/** What Coinflow's form is given, as an object. The gate does it by itself; this is for a form outside it, or for the dashboard. */
export function asMerchantTheme(theme: WithdrawTheme | undefined): string {
  return ['{', ...Object.entries(theme ?? {}).map(([key, value]) => `  ${key}: ${literal(String(value))},`), '}'].join(
    '\n',
  );
}

function entries(variables: NonNullable<Draft['variables']>) {
  return tokenNames.flatMap((token) => (variables[token] ? [[token, variables[token]] as const] : []));
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
