import type { WithdrawProps } from 'kyc-reuse-gate';

/** Lumen's colours for Coinflow's form without the gate, which hands over those of `look.css` by itself. */
export const lumenTheme = {
  light: {
    primary: '#115e4c',
    background: '#fffefb',
    cardBackground: '#fffefb',
    textColor: '#1c1d1a',
    textColorAccent: '#5d5f57',
    textColorAction: '#ffffff',
    ctaColor: '#115e4c',
    style: 'rounded',
  },
  dark: {
    primary: '#7fd9bd',
    background: '#1b1d1b',
    cardBackground: '#1b1d1b',
    textColor: '#f1f0eb',
    textColorAccent: '#a6a99f',
    textColorAction: '#06231b',
    ctaColor: '#7fd9bd',
    style: 'rounded',
  },
} as const satisfies Record<string, WithdrawProps['theme']>;
