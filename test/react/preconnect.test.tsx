// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBackend, type FakeBackend } from '../../src/testing';
import type * as Library from '../../src/index';

const links = () =>
  [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=preconnect]')].map(({ href }) => href);
const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)));

let library: typeof Library;
beforeEach(async () => {
  // Each test is a page of its own.
  vi.resetModules();
  document.head.replaceChildren();
  library = await import('../../src/index');
});
afterEach(() => {
  vi.restoreAllMocks();
});

function renderGate({ endpoint, request }: FakeBackend, more: Partial<Library.KycReuseGateProps> = {}) {
  const props = { endpoint, request, subject: 'u1', withdraw: { merchantId: 'acme', env: 'sandbox' }, ...more };
  return render(
    <StrictMode>
      <library.KycReuseGate {...(props as Library.KycReuseGateProps)} />
    </StrictMode>,
  );
}

describe('the connection to Coinflow’s site', () => {
  it('is opened with the first read, once per page', async () => {
    const { unmount } = renderGate(createFakeBackend());
    expect(links()).toEqual(['https://sandbox.coinflow.cash/']);
    unmount();
    renderGate(createFakeBackend());
    expect(links()).toHaveLength(1);
    await settled();
  });

  it('goes to the site of `env`', () => {
    renderGate(createFakeBackend(), { withdraw: { merchantId: 'acme' } });
    expect(links()).toEqual(['https://coinflow.cash/']);
  });

  it('waits for the user’s consent', async () => {
    renderGate(createFakeBackend({ reads: ['absent'] }), { requireConsent: true });
    await screen.findByRole('button');
    expect(links()).toEqual([]);
    act(() => screen.getAllByRole('button')[0]?.click());
    await settled();
    expect(links()).toHaveLength(1);
  });

  it('is not opened for a payout UI of the merchant’s own, nor with a wrong `env`', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    renderGate(createFakeBackend(), { withdraw: undefined, children: 'Own payout' } as never);
    renderGate(createFakeBackend(), { withdraw: { merchantId: 'acme', env: 'nowhere' } } as never);
    await settled();
    expect(links()).toEqual([]);
  });

  it('is opened by a prefetch that names `withdraw`', async () => {
    const { endpoint, request } = createFakeBackend();
    library.prefetchKycReuse({ endpoint, request, subject: 'u1' });
    expect(links()).toEqual([]);
    library.prefetchKycReuse({ endpoint, request, subject: 'u1', withdraw: { merchantId: 'acme', env: 'sandbox' } });
    expect(links()).toHaveLength(1);
    await settled();
  });
});
