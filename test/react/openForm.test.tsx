// @vitest-environment jsdom
import { act, render, screen, waitFor } from '@testing-library/react';
import { createRef, StrictMode, Suspense, useEffect, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type GateHandle, KycReuseGate } from '../../src/index';
import { createFakeBackend, sampleRecord } from '../../src/testing';
import { renderGate } from './renderGate';

afterEach(() => {
  vi.useRealTimers();
});

const frame = () => document.querySelector('iframe');
const box = () => document.querySelector<HTMLElement>('[data-kyc-part=form]');
const root = () => document.querySelector<HTMLElement>('[data-kyc-gate]');
const withdraw = { merchantId: 'acme', env: 'local' };
const returning = { reads: [{}] };

/** A message of Coinflow's page. */
const say = (method: string, data = '') =>
  act(() => {
    dispatchEvent(
      new MessageEvent('message', {
        origin: 'http://localhost:3000',
        source: frame()?.contentWindow ?? null,
        data: JSON.stringify({ method, data }),
      }),
    );
  });

async function opened(): Promise<void> {
  await waitFor(() => expect(frame()).not.toBeNull());
}

describe('the open form', () => {
  it('is neither seen, heard nor reached by keyboard while the waiting screen covers it', async () => {
    renderGate(returning);
    await opened();
    expect(box()?.style.visibility).toBe('hidden');
    say('loaded');
    expect(box()?.style.visibility).toBe('');
  });

  it('is covered again when it is opened again after a failure', async () => {
    const handle = createRef<GateHandle>();
    renderGate(returning, { ref: handle });
    await opened();
    say('loaded');
    expect(screen.queryByRole('heading')).toBeNull();
    act(() => handle.current?.reload());
    expect(screen.getByRole('heading').textContent).toBe('Getting your payout ready');
    await opened();
    say('loaded');
    expect(screen.queryByRole('heading')).toBeNull();
  });

  it('is taken down by a policy that blocks its frame, and not by one that only reports', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    renderGate(returning);
    await opened();
    const violate = (disposition: string) =>
      act(() => {
        document.dispatchEvent(
          Object.assign(new Event('securitypolicyviolation'), {
            blockedURI: frame()?.src,
            effectiveDirective: 'frame-src',
            disposition,
          }),
        );
      });
    violate('report');
    expect(frame()).not.toBeNull();
    violate('enforce');
    expect(frame()).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('The payout form did not load');
  });

  it('offers to reload a frame that was shown without a word of its own', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    renderGate(returning);
    await opened();
    act(() => void frame()?.dispatchEvent(new Event('load')));
    await act(() => vi.advanceTimersByTimeAsync(1_600));
    expect(screen.queryByRole('heading')).toBeNull();
    expect(screen.queryByText(/Not loading/)).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(12_000));
    const before = frame();
    act(() => screen.getByRole('button', { name: 'Reload' }).click());
    await waitFor(() => expect(frame()).not.toBe(before));
  });

  it('takes any message of the frame as a sign of life', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    renderGate(returning);
    await opened();
    act(() => void frame()?.dispatchEvent(new Event('load')));
    say('accountLinked');
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(screen.queryByText(/Not loading/)).toBeNull();
  });

  it('is seen again, and in peace, after the page around it was suspended', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const backend = createFakeBackend(returning);
    let suspend: (isSuspended: boolean) => void = () => {};
    const never = new Promise<void>(() => {});
    function Sibling() {
      const [suspended, set] = useState(false);
      useEffect(() => void (suspend = set), []);
      // What React 18.2 has in place of `use`.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      if (suspended) throw never;
      return null;
    }
    render(
      <Suspense fallback="The page is loading">
        <Sibling />
        <KycReuseGate {...backend} subject="u1" withdraw={{ merchantId: 'acme', env: 'local' }} />
      </Suspense>,
    );
    await opened();
    const before = frame();
    say('loaded');
    act(() => suspend(true));
    expect(screen.getByText('The page is loading')).not.toBeNull();
    act(() => suspend(false));
    say('accountLinked');
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(frame()).toBe(before);
    expect(box()?.style.visibility).toBe('');
    expect(screen.queryByRole('heading')).toBeNull();
    expect(screen.queryByText(/Not loading/)).toBeNull();
  });

  it('follows the height Coinflow tells, and tells the merchant too, as the latest handler', async () => {
    const handleHeightChange = vi.fn();
    const { update } = renderGate(returning);
    await opened();
    update({ withdraw: { ...withdraw, handleHeightChange } });
    expect(frame()?.getAttribute('scrolling')).toBe('no');
    say(`heightChange:${new URL(frame()?.src ?? '').searchParams.get('useHeightChange') ?? ''}`, '612.4');
    expect(box()?.style.height).toBe('613px');
    expect(handleHeightChange).toHaveBeenCalledExactlyOnceWith('612.4');
  });

  it('has a fixed height from the first screen on, scrolls in it, and keeps it', async () => {
    const { update } = renderGate(returning, { appearance: { layout: { height: 300 } } });
    expect(root()?.style.getPropertyValue('--kyc-gate-min-height')).toBe('300px');
    await opened();
    expect([frame()?.getAttribute('scrolling'), box()?.style.height]).toEqual(['yes', '300px']);
    update({ appearance: { layout: { height: 'auto' } } });
    expect([frame()?.getAttribute('scrolling'), box()?.style.height]).toEqual(['yes', '300px']);
  });

  it('survives a changed prop that cannot be written as JSON', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { update } = renderGate(returning, { withdraw: { ...withdraw, amount: 1n } });
    await opened();
    update({ withdraw: { ...withdraw, amount: 2n } });
    expect(frame()).not.toBeNull();
  });
});

describe('onOpen', () => {
  it('tells that the form is seen, after `onReady` has told of the record, and again after a reload', async () => {
    const told: string[] = [];
    const handle = createRef<GateHandle>();
    renderGate(returning, {
      ref: handle,
      onReady: () => told.push('ready'),
      onOpen: () => told.push('open'),
    });
    await opened();
    expect(told).toEqual(['ready']);
    say('loaded');
    expect(told).toEqual(['ready', 'open']);
    act(() => handle.current?.reload());
    await opened();
    expect(told).toEqual(['ready', 'open']);
    say('loaded');
    expect(told).toEqual(['ready', 'open', 'open']);
  });

  it('tells of `children` as soon as they are in the page, once, in StrictMode too, and by the latest function', async () => {
    const [early, late] = [vi.fn(), vi.fn()];
    const backend = createFakeBackend({ reads: [{}], delayMs: 20 });
    const gate = (onOpen: () => void, more = {}) => (
      <StrictMode>
        <KycReuseGate {...backend} subject="u1" onOpen={onOpen} {...more}>
          Own payout
        </KycReuseGate>
      </StrictMode>
    );
    const { rerender, unmount } = render(gate(early));
    rerender(gate(late));
    await screen.findByText('Own payout');
    expect(early).not.toHaveBeenCalled();
    expect(late).toHaveBeenCalledOnce();
    unmount();
    // Open in its first commit, which StrictMode mounts twice.
    render(gate(early, { initialRecord: { subject: 'u1', record: sampleRecord } }));
    expect(early).toHaveBeenCalledOnce();
  });

  it('tells of each subject’s form, and hurts nobody by throwing', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const mine = new Error('mine');
    const onOpen = vi.fn(() => {
      throw mine;
    });
    const { update } = renderGate(returning, { onOpen, children: 'Own payout' });
    await screen.findByText('Own payout');
    update({ subject: 'u2' });
    await waitFor(() => expect(onOpen).toHaveBeenCalledTimes(2));
    // This one opens in the very commit in which the other closes.
    update({ subject: 'u3', initialRecord: { subject: 'u3', record: sampleRecord } });
    expect(onOpen).toHaveBeenCalledTimes(3);
    expect(screen.getByText('Own payout')).toBeTruthy();
    expect(reported.mock.calls).toEqual([[mine], [mine], [mine]]);
  });
});

describe('a subject that is not known yet', () => {
  it.each([null, undefined])('(%s) is waited for: nothing is asked, and nothing is wrong', async (subject) => {
    const onError = vi.fn();
    const { backend, update } = renderGate(returning, { subject, onError, children: 'Own payout' });
    await act(() => new Promise<void>((resolve) => setTimeout(resolve, 50)));
    expect(root()?.dataset.kycGate).toBe('checking');
    expect(backend.requests).toEqual([]);
    update({ subject: 'u1' });
    await screen.findByText('Own payout');
    expect(backend.requests).toEqual(['GET']);
    expect(onError).not.toHaveBeenCalled();
  });

  it('closes the form in the same commit in which it becomes unknown again', async () => {
    const { update } = renderGate(returning);
    await opened();
    update({ subject: null });
    expect(frame()).toBeNull();
    expect(root()?.dataset.kycGate).toBe('checking');
  });

  it('opens nothing by a record that a server read for nobody', () => {
    renderGate(returning, {
      subject: null,
      initialRecord: { subject: null, record: sampleRecord },
      children: 'Own payout',
    });
    expect(screen.queryByText('Own payout')).toBeNull();
  });

  it('because no wallet is connected is told as such, until it is', async () => {
    const byWallet = { ...withdraw, blockchain: 'eth' };
    const { backend, update } = renderGate(returning, { subject: undefined, withdraw: { ...byWallet, wallet: null } });
    expect(screen.getByRole('heading').textContent).toBe('Connect your wallet');
    expect(backend.requests).toEqual([]);
    update({ subject: '0xabc', withdraw: { ...byWallet, wallet: { address: '0xabc' } } });
    await opened();
    expect(frame()?.src).toContain('pubkey=0xabc');
  });
});

describe('a wallet user', () => {
  it.each([
    ['not there yet', undefined],
    ['not connected', { address: undefined, sendTransaction: () => {} }],
  ])('whose wallet is %s sees so, and nothing is mounted until it is connected', async (_, wallet) => {
    const onError = vi.fn();
    const { update } = renderGate(returning, {
      subject: '0xabc',
      withdraw: { ...withdraw, blockchain: 'eth', wallet },
      onError,
    });
    await screen.findByText('Connect your wallet');
    expect(frame()).toBeNull();
    expect(onError).not.toHaveBeenCalled();
    update({ withdraw: { ...withdraw, blockchain: 'eth', wallet: { address: '0xabc', sendTransaction: () => {} } } });
    await opened();
    expect(frame()?.src).toContain('/eth/withdraw/acme?');
    expect(frame()?.src).toContain('pubkey=0xabc');
  });
});

describe('a record from a server render', () => {
  const initialRecord = { subject: 'u1', record: sampleRecord };
  const ofOther = { subject: 'u2', initialRecord: { subject: 'u2', record: sampleRecord } };

  it.each([
    [
      'by an own session key',
      { withdraw: { ...withdraw, sessionKey: 'key-of-u1' } },
      { withdraw: { ...withdraw, sessionKey: 'key-of-u2' } },
    ],
    [
      'by wallet',
      { withdraw: { ...withdraw, blockchain: 'eth', wallet: { address: 'u1' } } },
      { withdraw: { ...withdraw, blockchain: 'eth', wallet: { address: 'u2' } } },
    ],
  ])('never leaves the form of one user open for the next, opened %s', async (_, first, second) => {
    const { update } = renderGate(returning, { initialRecord, ...first });
    await opened();
    const before = frame();
    expect(before?.src).toContain('u1');
    update({ ...ofOther, ...second });
    await waitFor(() => expect(frame()?.src).toContain('u2'));
    expect(frame()).not.toBe(before);
  });

  it('never leaves `children` of one user mounted for the next', () => {
    const { update } = renderGate(returning, { initialRecord, children: <input aria-label="iban" /> });
    const before = screen.getByLabelText<HTMLInputElement>('iban');
    before.value = 'of u1';
    update(ofOther);
    expect(screen.getByLabelText<HTMLInputElement>('iban').value).toBe('');
  });

  it('opens at once, and only a GET opens again after the identity has changed', async () => {
    const { update, backend } = renderGate({ reads: ['absent'] }, { initialRecord });
    await opened();
    update({ withdraw: { ...withdraw, merchantId: 'other' } });
    expect(frame()).toBeNull();
    await waitFor(() => expect(backend.requests).toContain('POST'));
    expect(frame()).toBeNull();
  });

  it('tells of a block that later answers without its field do not clear', async () => {
    const withoutFields = {
      httpStatus: 200,
      body: { withdrawer: { verification: { status: 'approved', attested: true } } },
    };
    const { backend } = renderGate(
      { reads: [withoutFields] },
      { initialRecord: { subject: 'u1', record: { ...sampleRecord, availability: 'Blocked' } } },
    );
    await waitFor(() => expect(root()?.dataset.kycGate).toBe('blocked'));
    expect(backend.requests).toContain('GET');
    expect(frame()).toBeNull();
  });

  it('opens nothing for whom the page itself has read as blocked since', async () => {
    const { update } = renderGate({ reads: [{ availability: 'Blocked' }] }, { initialRecord });
    await opened();
    update({ withdraw: { ...withdraw, merchantId: 'other' } });
    await waitFor(() => expect(root()?.dataset.kycGate).toBe('blocked'));
    update({ subject: 'u2' });
    update({ subject: 'u1' });
    await waitFor(() => expect(root()?.dataset.kycGate).toBe('blocked'));
    expect(frame()).toBeNull();
  });

  it.each([
    ['Coinflow’s own withdrawer', { verification: { status: 'rejected' }, availability: { status: 'Blocked' } }],
    ['nothing', undefined],
    ['a text', 'approved'],
  ])('is ignored, with a word to the developer, when it is %s', async (_, record) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    renderGate(
      { reads: ['absent'], registrations: ['absent'] },
      { initialRecord: { subject: 'u1', record }, children: 'Own payout' },
    );
    expect(screen.queryByText('Own payout')).toBeNull();
    await waitFor(() => expect(root()?.dataset.kycGate).not.toBe('checking'));
    expect(screen.queryByText('Own payout')).toBeNull();
    expect(
      warn.mock.calls.flat().filter((text) => String(text).includes('readInitialRecord')).length,
    ).toBeLessThanOrEqual(1);
  });
});
