import type { Appearance } from '../../src/index';

/** The `color-scheme` that goes with a base theme. */
export function schemeOf(baseTheme: Appearance['baseTheme'] = 'light'): string {
  return { light: 'light', dark: 'dark', vivid: 'dark', system: 'light dark', contrast: 'light dark' }[baseTheme];
}
