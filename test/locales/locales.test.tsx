// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../src/react/en';
import { HeldGate } from '../../stories/HeldGate';
import type { GateState, KycReuseGateProps } from '../../src/index';
import { sampleStates } from '../../src/testing';
import { locales } from './locales';
import { timesRead } from './timesRead';

const root = join(import.meta.dirname, '..', '..');
const tags = readdirSync(join(root, 'src', 'locales')).map((file) => file.replace('.ts', ''));

/** Every text by its path, `screens.offline.title` for one. */
function textsOf(texts: object): Record<string, string> {
  const entries = Object.entries(texts) as [string, string | object][];
  return Object.fromEntries(
    entries.flatMap(([key, it]) =>
      typeof it === 'string'
        ? [[key, it]]
        : Object.entries(textsOf(it)).map(([path, text]) => [`${key}.${path}`, text]),
    ),
  );
}

describe('the locales', () => {
  it('are the ones that the package exports', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    expect(Object.keys(exports).filter((entry) => entry.startsWith('./locales/'))).toEqual(
      tags.map((tag) => `./locales/${tag}`),
    );
    expect(Object.keys(locales)).toEqual(tags);
    for (const tag of tags)
      expect(exports[`./locales/${tag}`]).toEqual({
        types: `./dist/locales/${tag}.d.ts`,
        default: `./dist/locales/${tag}.js`,
      });
  });

  it('give the default English as it is', () => expect(locales.en).toBe(en));

  it.each(Object.entries(locales))(
    '%s has every text, as sentences where English has them, and says what language it is',
    (tag, locale) => {
      const texts = textsOf(locale);
      const english = textsOf(en);
      expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
      for (const [path, text] of Object.entries(texts)) {
        expect(text, path).not.toMatch(/^\s*$|^\s|\s$|\.\.|\s{2}|'|"/);
        expect(/[.。]$/.test(text), path).toBe(/\.$/.test(english[path] ?? ''));
        expect(/[?？؟]$/.test(text), path).toBe(/\?$/.test(english[path] ?? ''));
      }
      expect([locale.lang, locale.dir]).toEqual([tag, tag === 'ar' ? 'rtl' : 'ltr']);
      for (const text of Object.values(locale.times)) expect(text.split('{time}')).toHaveLength(2);
      // Left in English by oversight.
      if (tag !== 'en')
        expect(Object.entries(texts).filter(([path, text]) => path !== 'dir' && text === english[path])).toEqual([]);
    },
  );

  it('fr has a narrow space before a question mark, which does not break', () => {
    for (const [path, text] of Object.entries(textsOf(locales.fr ?? {})))
      expect(text, path).not.toMatch(/(?<!\u202f)[?!;]|[:«»]/);
  });
});

describe('times, in every language', () => {
  const now = new Date('2026-03-01T12:00:00Z').getTime();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now });
    return () => vi.useRealTimers();
  });

  /** What the gate says beneath its words. */
  function timeIn(messages: KycReuseGateProps['messages'], state: GateState): string {
    const { unmount } = render(<HeldGate state={state} {...(messages && { messages })} />);
    const text = screen.getByRole('timer').textContent.replace(/\s/g, ' ');
    unmount();
    return text;
  }
  const limitedFor = (seconds: number): GateState => ({
    status: 'failed',
    failure: { code: 'rateLimited', message: '', retryAt: now + seconds * 1_000 },
    canRetry: false,
    canFallback: false,
  });
  const delayedFor = (seconds: number): GateState => ({
    status: 'delayed',
    since: now - seconds * 1_000,
    exhausted: false,
  });

  it.each(Object.entries(locales))('%s counts 1, 2, 5 and 11 seconds and 3 minutes', (tag, locale) => {
    const seconds = [1, 2, 5, 11, 180];
    expect({
      next: seconds.map((it) => timeIn(locale, limitedFor(it))),
      waited: seconds.map((it) => timeIn(locale, delayedFor(it))),
    }).toEqual(timesRead[tag]);
  });

  it('writes the digits of the region that the merchant names', () => {
    expect(timeIn({ ...locales.ar, lang: 'ar-EG' }, limitedFor(5))).toBe('ستُعاد المحاولة خلال ٥ ثوانٍ.');
  });

  it('writes them in the browser’s language where `lang` is no language tag', () => {
    for (const lang of ['de_DE', '', '?']) expect(timeIn({ lang }, delayedFor(5))).toBe('Waiting for 5 seconds.');
  });
});

describe('a locale as `messages`', () => {
  it('is what the gate says, and what it is marked with', () => {
    render(
      <HeldGate
        state={sampleStates.expired}
        messages={locales.ar ?? {}}
        support="help@shop.test"
        onCancel={() => {}}
      />,
    );
    const gate = document.querySelector<HTMLElement>('[data-kyc-gate]');
    expect([gate?.lang, gate?.dir]).toEqual(['ar', 'rtl']);
    expect(screen.getByRole('alert').textContent).toBe('انتهت صلاحية التحقق من هويتكيجب تجديده قبل السحب.');
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'التحقق عبر Coinflow',
      'ليس الآن',
    ]);
    expect(screen.getByRole('link').textContent).toBe('التواصل مع الدعم');
  });

  it('takes words of the merchant’s own over it, text by text', () => {
    const { de } = locales;
    const messages = {
      ...de,
      screens: { ...de?.screens, declined: { title: 'Das hat leider nicht geklappt' } },
      actions: { ...de?.actions, cancel: 'Später' },
    };
    render(<HeldGate state={sampleStates.declined} messages={messages} onCancel={() => {}} />);
    expect(screen.getByRole('heading').textContent).toBe('Das hat leider nicht geklappt');
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'Bei Coinflow verifizieren',
      'Später',
    ]);
    // Of a screen that is replaced, what is not given is the default.
    expect(screen.getByRole('alert').textContent).toContain(en.screens.declined.text);
  });
});
