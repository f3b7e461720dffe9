import lzString from 'lz-string';

/** Colours only: the text goes into a style sheet. */
const colour = /^(#[0-9a-f]{3,8}|rgba?\([\d.,/% ]+\))$/i;

/** Custom properties of the stand-in page, by the key of Coinflow's `MerchantTheme` that fills them. How Coinflow's own page uses the keys is its affair. */
const properties = {
  background: '--page',
  textColor: '--ink',
  textColorAccent: '--soft',
  ctaColor: '--cta',
  textColorAction: '--on-cta',
} as const;

/**
 * The style of the stand-in page for a `theme` query parameter: what the real component made of the merchant's theme.
 *
 * @returns declarations for `:root`; empty where there is no theme, or none that can be read
 */
export function pageTheme(parameter: string | undefined): string {
  const theme = parse(parameter);
  const style = Object.entries(properties).flatMap(([key, property]) => {
    const value = theme[key];
    return typeof value === 'string' && colour.test(value) ? [`${property}:${value}`] : [];
  });
  return style.join(';');
}

function parse(parameter: string | undefined): Record<string, unknown> {
  try {
    const theme: unknown = JSON.parse(lzString.decompressFromEncodedURIComponent(parameter ?? ''));
    return typeof theme === 'object' && theme !== null ? (theme as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
