// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { lazy, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { failures } from '../../src/contract/failures';
import { en } from '../../src/react/en';
import { screenOf } from '../../src/react/screens/screenOf';
import { sampleStates } from '../../src/testing';
import { renderGate } from './renderGate';

const root = () => document.querySelector<HTMLElement>('[data-kyc-gate]');

describe('the words of the screens', () => {
  it('hold no code, no blame and no raw text, and end as sentences', () => {
    for (const [key, { title, text }] of Object.entries(en.screens)) {
      expect(`${key}: ${title} ${text}`).not.toMatch(/: .*(\d{3}|error|invalid|failed|token|withdrawer|undefined|\{)/i);
      expect(text).toMatch(/[.?]$/);
    }
  });

  it('lead every failure somewhere: an action, or a sentence that says what happens next', () => {
    const cases = Object.entries(failures).map(([code, { retry }]) => [code, retry] as const);
    for (const [code, retry] of [...cases, ['tokenRefused', false] as const]) {
      const shown = screenOf({
        status: 'failed',
        failure: { code: code as keyof typeof failures, message: '' },
        canRetry: retry,
        canFallback: false,
      });
      const says = en.screens[shown.text].text;
      expect((shown.actions ?? []).length > 0 || /goes on by itself|contact support/i.test(says), code).toBe(true);
      // What a text asks for can be done on its screen.
      if (/try again/i.test(says)) expect(shown.actions).toContain('retry');
      if (/reload/i.test(says)) expect(shown.actions).toContain('reload');
    }
  });

  it('have one screen for every state', () => {
    for (const state of Object.values(sampleStates)) expect(en.screens[screenOf(state).text].title).not.toBe('');
  });

  it('are marked with their language and direction', async () => {
    renderGate(
      { reads: [{ status: 'rejected' }] },
      { messages: { lang: 'ar', dir: 'rtl', screens: { declined: { title: 'مرفوض' } } } },
    );
    await screen.findByRole('heading', { name: 'مرفوض' });
    expect([root()?.lang, root()?.dir]).toEqual(['ar', 'rtl']);
    expect(screen.getByRole('alert').textContent).toContain('The payout partner could not accept it.');
  });
});

describe('what a screen offers', () => {
  it('every link at which something is missing, by its name', async () => {
    const links = [
      { link: 'https://coinflow.cash/a' },
      { name: 'Proof of address', link: 'https://coinflow.cash/b' },
      { name: 'Odd', link: 'https://evil.test/' },
    ];
    renderGate(
      { reads: [{ status: 'pending', moreNeeded: true, links }] },
      { openWhen: 'verified', children: 'Own payout' },
    );
    const shown = await screen.findAllByRole('link');
    expect(shown.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('rel')])).toEqual([
      ['Continue', 'https://coinflow.cash/a', 'noopener noreferrer'],
      ['Proof of address', 'https://coinflow.cash/b', 'noopener noreferrer'],
    ]);
  });

  it('a way to say no to sharing, and nothing is sent then', async () => {
    const onCancel = vi.fn();
    const { backend } = renderGate({}, { requireConsent: true, onCancel, children: 'Own payout' });
    await userEvent.click(await screen.findByRole('button', { name: 'Not now' }));
    expect(onCancel).toHaveBeenCalledExactlyOnceWith();
    expect(backend.requests).toEqual(['GET']);
  });

  it('a countdown while a limit lasts, which screen readers are not told second by second', async () => {
    renderGate(
      { reads: ['absent'], registrations: [{ httpStatus: 429, headers: { 'retry-after': '90' } }] },
      { children: 'Own payout' },
    );
    const timer = await screen.findByRole('timer', undefined, { timeout: 15_000 });
    expect(timer.textContent).toMatch(/^Trying again in (7|8|9)\d seconds\.$/);
    expect(timer.closest('[role=status], [role=alert]')).toBeNull();
  }, 20_000);

  it('keeps the focus in the gate when a screen with the focus leaves by itself', async () => {
    renderGate({ reads: [{ httpStatus: 401 }, {}] }, { children: 'Own payout' });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    act(() => retry.focus());
    act(() => void dispatchEvent(new Event('focus')));
    await screen.findByText('Own payout');
    await waitFor(() => expect(document.activeElement).toBe(root()));
  });

  it('takes no focus that was not in the gate', async () => {
    renderGate({ reads: [{ httpStatus: 401 }, {}] }, { children: 'Own payout' });
    await screen.findByRole('button', { name: 'Try again' });
    act(() => void dispatchEvent(new Event('focus')));
    await screen.findByText('Own payout');
    expect(document.activeElement).toBe(document.body);
  });
});

describe('a screen of the merchant’s own', () => {
  it('takes the place of the gate’s, is given its words, and can act', async () => {
    const components = {
      failed: ({
        words,
        state,
        retry,
      }: {
        words: { title: string };
        state: { failure: { code: string } };
        retry: () => void;
      }) => (
        <button type="button" onClick={retry}>
          {words.title} ({state.failure.code})
        </button>
      ),
    };
    renderGate({ reads: [{ httpStatus: 401 }, {}] }, { components, children: 'Own payout' });
    await userEvent.click(await screen.findByRole('button', { name: 'Please sign in (unauthenticated)' }));
    await screen.findByText('Own payout');
  });

  it('is waited for on the gate’s, without hiding what is around, where it loads lazily', async () => {
    let load = () => {};
    const Lazy = lazy(
      () =>
        new Promise<{ default: () => ReactNode }>((resolve) => (load = () => resolve({ default: () => 'Own words' }))),
    );
    renderGate({ reads: [{ status: 'rejected' }] }, { components: { declined: Lazy }, children: 'Own payout' });
    await screen.findByRole('heading', { name: 'Your verification was not accepted' });
    await act(() => Promise.resolve(load()));
    await screen.findByText('Own words');
  });

  it('is replaced by the gate’s when it throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const components = {
      declined: () => {
        throw new Error('broken screen');
      },
    };
    renderGate({ reads: [{ status: 'rejected' }] }, { components, children: 'Own payout' });
    await screen.findByRole('heading', { name: 'Your verification was not accepted' });
  });
});
