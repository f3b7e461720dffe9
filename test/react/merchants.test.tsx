// @vitest-environment jsdom
import { act, render, screen, waitFor } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KycReuseGate } from '../../src/index';
import { createFakeBackend } from '../../src/testing';
import { renderGate } from './renderGate';

afterEach(() => {
  vi.useRealTimers();
});

const frame = () => document.querySelector('iframe');
const status = () => document.querySelector<HTMLElement>('[data-kyc-gate]')?.dataset.kycGate;
const posts = (requests: readonly string[]) => requests.filter((request) => request === 'POST');
const opened = () => waitFor(() => expect(frame()).not.toBeNull());
const withdraw = { merchantId: 'acme', env: 'local' };
const byWallet = { ...withdraw, blockchain: 'eth', wallet: { address: '0xabc' } };

describe('what a merchant may do to a gate', () => {
  it.each([
    ['the merchant', withdraw, { ...withdraw, merchantId: 'other' }],
    ['the environment', withdraw, { ...withdraw, env: 'sandbox' }],
    ['an own session key', { ...withdraw, sessionKey: 'key-1' }, { ...withdraw, sessionKey: 'key-2' }],
    ['the blockchain', byWallet, { ...byWallet, blockchain: 'polygon' }],
    ['the wallet', byWallet, { ...byWallet, wallet: { address: '0xdef' } }],
  ])('gates anew, from the same commit on, when %s changes', async (_, before, after) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { backend, update } = renderGate({ reads: [{}] }, { withdraw: before });
    await opened();
    const reads = backend.requests.length;
    update({ withdraw: after });
    expect(frame()).toBeNull();
    await opened();
    expect(backend.requests.slice(reads)).toContain('GET');
  });

  it('closes the form of a wallet that is disconnected, and opens it when it is back', async () => {
    const { update } = renderGate({ reads: [{}] }, { subject: '0xabc', withdraw: byWallet });
    await opened();
    update({ withdraw: { ...byWallet, wallet: null } });
    expect(frame()).toBeNull();
    await screen.findByRole('heading', { name: 'Connect your wallet' });
    update({ withdraw: byWallet });
    await opened();
  });

  it('is told once of each prop that is kept back, however often it changes', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { update } = renderGate({ reads: [{}] });
    await opened();
    for (const email of ['a@shop.test', 'b@shop.test'])
      update({ withdraw: { ...withdraw, email, theme: { primary: email }, tokens: [email] } });
    for (const name of ['email', 'theme', 'tokens'])
      expect(warn.mock.calls.flat().filter((text) => String(text).includes(`withdraw.${name}\``))).toHaveLength(1);
  });

  it('opens a pending record when `openWhen` is lowered, and leaves it open when that is raised again', async () => {
    const { update } = renderGate({ reads: [{ status: 'pending' }] }, { openWhen: 'verified', children: 'Own payout' });
    await waitFor(() => expect(status()).toBe('processing'));
    update({ openWhen: 'exists' });
    await waitFor(() => expect(status()).toBe('ready'));
    update({ openWhen: 'verified' });
    expect(screen.getByText('Own payout')).toBeTruthy();
  });

  it('waits as long as `polling` says, says so, and then asks no more by itself', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const polling = { slowAfterMs: 2_000, maxWaitMs: 4_000 };
    const { backend } = renderGate(
      { reads: ['absent'], registrations: [{ httpStatus: 202 }] },
      { polling, children: 'Own payout' },
    );
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    expect(screen.getByRole('heading').textContent).toBe('This takes longer than usual');
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.getByRole('button').textContent).toBe('Check again');
    const asked = backend.requests.length;
    await act(() => vi.advanceTimersByTimeAsync(600_000));
    expect(backend.requests).toHaveLength(asked);
  });

  it('calls a `shareToken` function once, the latest, however often the page renders', async () => {
    const called: number[] = [];
    const tokenOf = (n: number) => () => {
      called.push(n);
      return { vendor: 'persona', shareToken: `often-${n}` };
    };
    const { backend, update } = renderGate({ delayMs: 20 }, { shareToken: tokenOf(0), children: 'Own payout' });
    for (let n = 1; n <= 30; n++) update({ shareToken: tokenOf(n) });
    await screen.findByText('Own payout');
    expect(called).toEqual([30]);
    expect(posts(backend.requests)).toHaveLength(1);
  });

  it('keeps a fixed token that never left, since `request.headers` threw, and sends it later', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let asked = 0;
    const backend = createFakeBackend();
    const headers = () =>
      // The POST, after the first read.
      ++asked === 2
        ? Promise.reject(new Error('refresh failed'))
        : Promise.resolve({ authorization: 'Bearer session' });
    render(
      <KycReuseGate
        endpoint={backend.endpoint}
        subject="u1"
        shareToken={{ vendor: 'persona', shareToken: 'kept' }}
        request={{ ...backend.request, headers }}
      >
        Own payout
      </KycReuseGate>,
    );
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(posts(backend.requests)).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(40_000));
    expect(posts(backend.requests)).toHaveLength(1);
    expect(screen.getByText('Own payout')).toBeTruthy();
  });

  it.each([401, 403, 413, 415, 429])(
    'has a fixed token sent again after a %i, which does not use it up',
    async (httpStatus) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {});
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { backend } = renderGate(
        { reads: ['absent'], registrations: [{ httpStatus, headers: { 'retry-after': '2' } }, { httpStatus: 202 }] },
        { shareToken: { vendor: 'persona', shareToken: `kept-${httpStatus}` }, children: 'Own payout' },
      );
      for (let i = 0; i < 6; i++) {
        await act(() => vi.advanceTimersByTimeAsync(5_000));
        act(() => screen.queryByRole('button', { name: 'Try again' })?.click());
      }
      expect(posts(backend.requests)).toHaveLength(2);
    },
  );

  it.each([400, 500, 502, 503])(
    'never has a fixed token sent again after a %i, which may have used it up',
    async (httpStatus) => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const { backend } = renderGate(
        { reads: ['absent'], registrations: [{ httpStatus }, { httpStatus: 202 }] },
        { shareToken: { vendor: 'persona', shareToken: `spent-${httpStatus}` }, children: 'Own payout' },
      );
      for (let i = 0; i < 6; i++) {
        await act(() => vi.advanceTimersByTimeAsync(5_000));
        act(() => screen.queryByRole('button', { name: 'Try again' })?.click());
      }
      expect(posts(backend.requests)).toHaveLength(1);
    },
  );

  it('may take the gate away in `onReady`, and throw in `onError`, which is reported and hurts nobody', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const backend = createFakeBackend({ reads: [{}] });
    function Page() {
      const [isHere, setHere] = useState(true);
      return isHere ? (
        <KycReuseGate
          {...backend}
          subject="u1"
          withdraw={{ merchantId: 'acme', env: 'local' }}
          onReady={() => setHere(false)}
        />
      ) : (
        <p>Gone</p>
      );
    }
    render(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
    await screen.findByText('Gone');
    const mine = new Error('mine');
    renderGate(
      { reads: [{ httpStatus: 401 }] },
      {
        onError: () => {
          throw mine;
        },
      },
    );
    await screen.findByRole('alert');
    expect(reported).toHaveBeenCalledExactlyOnceWith(mine);
    vi.unstubAllGlobals();
  });

  it('may take the frame out of the page: the gate says that nothing loads, and gates anew when asked', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { update } = renderGate({ reads: [{}] });
    await opened();
    frame()?.remove();
    await act(() => vi.advanceTimersByTimeAsync(13_000));
    expect(screen.getByText(/Not loading/)).toBeTruthy();
    update({ withdraw: { ...withdraw, merchantId: 'other' } });
    await opened();
  });
});
