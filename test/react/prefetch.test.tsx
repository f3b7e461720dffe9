// @vitest-environment jsdom
import { act, render, screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KycReuseGate, type KycReuseGateProps, prefetchKycReuse, type PrefetchKycReuseOptions } from '../../src/index';
import { createFakeBackend, type FakeBackend } from '../../src/testing';

afterEach(() => {
  vi.useRealTimers();
});

const withdraw = { merchantId: 'acme', env: 'local' } as const;
const frame = () => document.querySelector('iframe');
const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)));

/** Prefetches for the gate of {@link renderGate}. */
function prefetch({ endpoint, request }: FakeBackend, more: Partial<PrefetchKycReuseOptions> = {}): void {
  prefetchKycReuse({ endpoint, request, subject: 'u1', ...more });
}

function renderGate({ endpoint, request }: FakeBackend, more: Partial<KycReuseGateProps> = {}) {
  const props = { endpoint, request, subject: 'u1', ...(!('withdraw' in more) && { children: 'Own payout' }), ...more };
  return render(
    <StrictMode>
      <KycReuseGate {...(props as KycReuseGateProps)} />
    </StrictMode>,
  );
}

describe('a prefetch', () => {
  it('opens a returning user’s gate in its first commit, without another GET', async () => {
    const backend = createFakeBackend({ reads: [{}] });
    prefetch(backend);
    await settled();
    const onStateChange = vi.fn();
    renderGate(backend, { onStateChange });
    expect(screen.getByText('Own payout')).toBeTruthy();
    await settled();
    expect(onStateChange.mock.calls.map(([state]: { status: string }[]) => state?.status)).toEqual(['ready']);
    expect(backend.requests).toEqual(['GET']);
  });

  it('that is still out is joined by the gate', async () => {
    const backend = createFakeBackend({ reads: [{}], delayMs: 50 });
    prefetch(backend);
    renderGate(backend);
    expect(screen.queryByText('Own payout')).toBeNull();
    await screen.findByText('Own payout');
    expect(backend.requests).toEqual(['GET']);
  });

  it('fetches the session key and loads the form as well, and the gate takes both over', async () => {
    const backend = createFakeBackend({ reads: [{}], sessionKey: 'key-of-u1' });
    prefetch(backend, { withdraw });
    await settled();
    renderGate(backend, { withdraw });
    await waitFor(() => expect(frame()?.src).toContain('sessionKey=key-of-u1'));
    expect(backend.requests.toSorted()).toEqual(['GET', 'GET session']);
  });

  it('whose session key failed leaves the gate to fetch its own', async () => {
    const backend = createFakeBackend({ reads: [{}] });
    let isFirst = true;
    const fetch = (request: Request) => {
      const isLost = isFirst && request.url.includes('session=1');
      if (isLost) isFirst = false;
      return isLost ? Promise.reject(new TypeError('Failed to fetch')) : backend.request.fetch(request);
    };
    prefetch(backend, { withdraw, request: { fetch } });
    await settled();
    renderGate(backend, { withdraw, request: { fetch } });
    await waitFor(() => expect(frame()).not.toBeNull());
    expect(backend.requests.toSorted()).toEqual(['GET', 'GET session']);
  });

  it('never registers: for a first-time user the gate looks under the lock, then does', async () => {
    const backend = createFakeBackend();
    prefetch(backend);
    await settled();
    expect(backend.requests).toEqual(['GET']);
    renderGate(backend);
    await screen.findByText('Own payout');
    expect(backend.requests).toEqual(['GET', 'GET', 'POST', 'GET']);
  });

  it('asks once, however often the user points at the button', async () => {
    const backend = createFakeBackend({ reads: [{}], delayMs: 10 });
    for (let i = 0; i < 3; i++) prefetch(backend);
    await settled();
    prefetch(backend);
    await settled();
    expect(backend.requests).toEqual(['GET']);
  });

  it('asks nothing where a gate of the same user runs', async () => {
    const backend = createFakeBackend({ reads: [{}] });
    renderGate(backend);
    await screen.findByText('Own payout');
    prefetch(backend);
    await settled();
    expect(backend.requests).toEqual(['GET']);
  });

  it('of another subject is as if it had not been', async () => {
    const backend = createFakeBackend({ reads: [{}, 'absent'], registrations: [{ httpStatus: 202 }] });
    prefetch(backend, { subject: 'u2' });
    await settled();
    renderGate(backend);
    await waitFor(() => expect(backend.requests).toContain('POST'));
    expect(screen.queryByText('Own payout')).toBeNull();
    expect(backend.requests.slice(0, 3)).toEqual(['GET', 'GET', 'POST']);
  });

  it('opens nothing once the gate that takes it belongs to another subject', async () => {
    const backend = createFakeBackend({ reads: [{}, 'absent'], registrations: [{ httpStatus: 202 }] });
    prefetch(backend);
    await settled();
    const gate = (subject: string) => (
      <KycReuseGate endpoint={backend.endpoint} request={backend.request} subject={subject}>
        Own payout
      </KycReuseGate>
    );
    const { rerender } = render(gate('u1'));
    expect(screen.getByText('Own payout')).toBeTruthy();
    rerender(gate('u2'));
    expect(screen.queryByText('Own payout')).toBeNull();
    await waitFor(() => expect(backend.requests).toContain('POST'));
    expect(screen.queryByText('Own payout')).toBeNull();
  });

  it('that is 30 s old is as if it had not been', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const backend = createFakeBackend({ reads: [{}, { availability: 'Blocked' }] });
    prefetch(backend);
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    renderGate(backend);
    expect(screen.queryByText('Own payout')).toBeNull();
    await screen.findByText('Withdrawals are not available');
    expect(backend.requests).toEqual(['GET', 'GET']);
  });

  it.each([{ httpStatus: 500 }, { httpStatus: 401 }, 'drop'] as const)(
    'that failed (%o) is as if it had not been',
    async (failure) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {});
      const backend = createFakeBackend({ reads: [failure, {}] });
      const onError = vi.fn();
      prefetch(backend);
      await settled();
      renderGate(backend, { onError });
      await screen.findByText('Own payout');
      expect(onError).not.toHaveBeenCalled();
      expect(backend.requests).toEqual(['GET', 'GET']);
    },
  );

  it.each([
    ['a subject that is not known yet', { subject: null }],
    ['an empty subject', { subject: '' }],
    ['an empty endpoint', { endpoint: '' }],
  ])('with %s asks nothing, and does not throw', async (_, wrong) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const backend = createFakeBackend({ reads: [{}] });
    prefetch(backend, wrong);
    await settled();
    expect(backend.requests).toEqual([]);
  });
});
