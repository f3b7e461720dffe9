import type { Draft } from './draft';

/** Themes to start from: the finished ones, and what a few brands could look like. */
export const presets: Readonly<Record<string, Draft>> = {
  Light: { baseTheme: 'light' },
  Dark: { baseTheme: 'dark' },
  'High contrast': { baseTheme: 'contrast' },
  Vivid: { baseTheme: 'vivid' },
  Harbour: {
    baseTheme: 'light',
    variables: {
      surface: '#f6fafb',
      text: '#0b2530',
      muted: '#46606b',
      accent: '#0b6b7a',
      onAccent: '#ffffff',
      border: '#cfdfe4',
      radius: '1rem',
      shadow: '0 0.5rem 2rem rgb(11 37 48 / 0.12)',
    },
  },
  Ledger: {
    baseTheme: 'light',
    variables: {
      surface: '#fffdf8',
      text: '#1c1a17',
      muted: '#5f584d',
      accent: '#1c1a17',
      onAccent: '#fffdf8',
      border: '#ddd5c6',
      focus: '#a14b12',
      radius: '0rem',
      font: 'Georgia, serif',
      titleWeight: '500',
    },
  },
  Meadow: {
    baseTheme: 'light',
    variables: {
      accent: '#1d6b3a',
      surface: '#f5fbf3',
      text: '#12261a',
      muted: '#4b6152',
      border: '#cfe3d0',
      radius: '1.75rem',
      titleWeight: '750',
    },
  },
  Ember: {
    baseTheme: 'dark',
    variables: {
      surface: '#1b1210',
      text: '#fff1ea',
      muted: '#d0b3a7',
      accent: '#ff9a62',
      onAccent: '#2b1005',
      border: '#4a322a',
      radius: '0.5rem',
      shadow: '0 1rem 3rem rgb(0 0 0 / 0.3)',
    },
  },
};
