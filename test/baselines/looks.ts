import type { BrowserContextOptions } from 'playwright-core';
import type { KycReuseGateProps } from '../../src';

interface Look {
  readonly media?: Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors'>;
  /** Every failure too: in one look, since they differ in words only. */
  readonly withFailures?: true;
  readonly props: Pick<KycReuseGateProps, 'appearance' | 'messages'>;
}

/** What there is a baseline of, each with every state. `system` is one of `light` and `dark`. */
export const looks: Readonly<Record<string, Look>> = {
  light: { withFailures: true, props: { appearance: { baseTheme: 'light' } } },
  dark: { props: { appearance: { baseTheme: 'dark' } } },
  contrast: { props: { appearance: { baseTheme: 'contrast' } } },
  contrastDark: { media: { colorScheme: 'dark' }, props: { appearance: { baseTheme: 'contrast' } } },
  vivid: { props: { appearance: { baseTheme: 'vivid' } } },
  // On a dark system: what keeps a colour of the light theme would be lost there.
  forcedColours: { media: { forcedColors: 'active', colorScheme: 'dark' }, props: {} },
  rightToLeft: { props: { messages: { dir: 'rtl' } } },
};
