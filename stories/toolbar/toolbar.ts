import type { Preview } from '@storybook/react-vite';
import type { Appearance, GateMessages } from '../../src/index';
import { en } from '../../src/react/en';
import { readDraft } from '../studio/draft';
import { languageName, locales } from './locales';

type BaseTheme = NonNullable<Appearance['baseTheme']>;

const themes: Readonly<
  Record<
    BaseTheme | 'own',
    { readonly title: string; readonly icon: 'sun' | 'moon' | 'mirror' | 'contrast' | 'paintbrush' | 'starhollow' }
  >
> = {
  light: { title: 'Light', icon: 'sun' },
  dark: { title: 'Dark', icon: 'moon' },
  system: { title: 'System', icon: 'mirror' },
  contrast: { title: 'High contrast', icon: 'contrast' },
  vivid: { title: 'Vivid brand', icon: 'paintbrush' },
  own: { title: 'Yours, from the theme studio', icon: 'starhollow' },
};

/** The toolbar above every story. No value is a bare number: read back from the page's address, it would be one, and no longer the menu's. */
export const toolbar: NonNullable<Preview['globalTypes']> = {
  theme: menu(
    'Theme',
    'circlehollow',
    'Theme of the gate, and of the page around it',
    Object.entries(themes).map(([value, item]) => ({ value, ...item })),
  ),
  locale: menu(
    'Language',
    'globe',
    'Language of the gate',
    Array.from(locales.keys(), (value) => ({ value, title: languageName(value) })),
  ),
  direction: menu('Direction', 'transfer', 'Writing direction of the gate', [
    { value: 'auto', title: 'Direction by language' },
    { value: 'ltr', title: 'Left to right' },
    { value: 'rtl', title: 'Right to left' },
  ]),
  width: menu('Width', 'grow', 'Room for the gate', [
    { value: '320px', title: '320 px, small phone' },
    { value: '390px', title: '390 px, phone' },
    { value: '768px', title: '768 px, tablet' },
    { value: 'full', title: 'Full width' },
  ]),
  motion: menu('Motion', 'play', 'Whether anything moves', [
    { value: 'full', title: 'Motion' },
    { value: 'reduced', title: 'Reduced motion' },
  ]),
  answers: menu('Backend', 'timer', 'How long each answer of the fake backend takes, in the live stories', [
    { value: '0ms', title: 'Instant answers' },
    { value: '300ms', title: 'Usual answers' },
    { value: '2000ms', title: 'Slow answers' },
  ]),
};

export const initialGlobals = {
  theme: 'light',
  locale: en.lang,
  direction: 'auto',
  width: 'full',
  motion: 'full',
  answers: '300ms',
};

type Globals = Readonly<Record<string, unknown>>;

/** What the toolbar makes the gate look like. */
export function appearanceOf({ theme, motion }: Globals): Appearance {
  const chosen = theme === 'own' ? readDraft() : { baseTheme: theme as BaseTheme };
  return motion === 'reduced' ? { ...chosen, variables: { ...chosen.variables, motion: '0s' } } : chosen;
}

/** The words that the toolbar makes the gate use. */
export function messagesOf({ locale, direction }: Globals): GateMessages {
  const messages = locales.get(String(locale)) ?? en;
  return direction === 'ltr' || direction === 'rtl' ? { ...messages, dir: direction } : messages;
}

/** Room for the gate, in pixels; `undefined` for as much as there is. */
export function widthOf({ width }: Globals): number | undefined {
  return Number.parseFloat(String(width)) || undefined;
}

/** How long an answer of the fake backend takes. */
export function answerMsOf({ answers }: Globals): number {
  return Number.parseFloat(String(answers));
}

function menu(
  title: string,
  icon: string,
  description: string,
  items: { readonly value: string; readonly title: string }[],
) {
  return { description, toolbar: { title, icon, items, dynamicTitle: true } } as NonNullable<
    Preview['globalTypes']
  >[string];
}
