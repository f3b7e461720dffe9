import type { GateMessages } from '../../src/index';
import { en } from '../../src/react/en';
import { pseudoLocales } from './pseudoLocales';

/** Every language that is shipped, by itself: a new file is a new language here. */
const shipped = import.meta.glob<Record<string, GateMessages>>('../../src/locales/*.ts', { eager: true });

const others = Object.values(shipped)
  .flatMap((module) => Object.values(module))
  .filter(({ lang }) => lang !== en.lang)
  .sort((a, b) => a.lang.localeCompare(b.lang));

/** Texts by language: English, the other languages that are shipped, and the pseudo languages. */
export const locales: ReadonlyMap<string, GateMessages> = new Map(
  [en, ...others, ...pseudoLocales].map((messages) => [messages.lang, messages]),
);

/** A language's name, in English. */
export function languageName(lang: string): string {
  if (lang === 'en-XA') return 'Pseudo, a third longer';
  if (lang === 'ar-XB') return 'Pseudo, right to left';
  return new Intl.DisplayNames('en', { type: 'language' }).of(lang) ?? lang;
}
