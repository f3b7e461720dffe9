import type { GateMessages } from '../../src/index';
import { en } from '../../src/react/en';

const placeholder = /(\{\w+\})/;
const longer: Readonly<Record<string, string>> = {
  a: 'åå',
  e: 'éé',
  i: 'îî',
  o: 'öö',
  u: 'ûû',
  A: 'ÅÅ',
  E: 'ÉÉ',
  I: 'ÎÎ',
  O: 'ÖÖ',
  U: 'ÛÛ',
};

/** Languages that do not exist, made from the English by rule: they show at once what does not fit and what is not translated. */
export const pseudoLocales: readonly GateMessages[] = [
  { ...each(en, lengthen), lang: 'en-XA', dir: 'ltr' },
  { ...each(en, turnRound), lang: 'ar-XB', dir: 'rtl' },
];

/** About a third longer, as German or Finnish are. */
function lengthen(text: string): string {
  return ofWords(text, (words) => words.replace(/[aeiou]/gi, (vowel) => longer[vowel] ?? vowel));
}

/** Written from right to left. */
function turnRound(text: string): string {
  return ofWords(text, (words) => words && `\u202E${words}\u202C`);
}

/** All but the placeholders. */
function ofWords(text: string, change: (words: string) => string): string {
  return text
    .split(placeholder)
    .map((piece) => (placeholder.test(piece) ? piece : change(piece)))
    .join('');
}

function each<T>(texts: T, change: (text: string) => string): T {
  if (typeof texts === 'string') return change(texts) as T;
  return Object.fromEntries(
    Object.entries(texts as object).map(([key, value]) => [key, each(value as unknown, change)]),
  ) as T;
}
