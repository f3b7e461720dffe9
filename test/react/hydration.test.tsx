// @vitest-environment jsdom
import { act, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { KycReuseGate, type KycReuseGateProps } from '../../src/index';
import { sampleRecord } from '../../src/testing';
import { renderGate } from './renderGate';

/** Renders as a server does, which has no window. */
function renderOnServer(gate: React.ReactNode): string {
  for (const name of ['window', 'document', 'location', 'navigator']) vi.stubGlobal(name, undefined);
  const html = renderToString(gate);
  vi.unstubAllGlobals();
  return html;
}

/** Loads the form, as another gate on the page does. */
async function loadForm(): Promise<void> {
  const { unmount } = renderGate({ reads: [{}] });
  await waitFor(() => expect(document.querySelector('iframe')).not.toBeNull());
  unmount();
}

it.each([
  ['waiting', {}],
  [
    'open, with children',
    { withdraw: undefined, children: <p>Own payout</p>, initialRecord: { subject: 'u1', record: sampleRecord } },
  ],
  ['open, with Coinflow’s form still covered', { initialRecord: { subject: 'u1', record: sampleRecord } }],
  [
    'open, without a wallet yet',
    {
      withdraw: { merchantId: 'acme', env: 'local', blockchain: 'eth', wallet: {} },
      initialRecord: { subject: 'u1', record: sampleRecord },
    },
  ],
  ['misconfigured', { endpoint: '' }],
])('hydrates without a mismatch, in StrictMode: %s', async (_, props) => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const problems: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((...args) => void problems.push(args));
  const all = {
    endpoint: '/api/kyc',
    subject: 'u1',
    withdraw: { merchantId: 'acme', env: 'local' },
    request: { fetch: () => new Promise(() => {}) },
    ...props,
  };
  const gate = <KycReuseGate {...(all as KycReuseGateProps)} />;
  const root = document.createElement('div');
  root.innerHTML = renderOnServer(gate);
  await loadForm();
  document.body.append(root);
  const first = root.querySelector('[data-kyc-gate]');
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const mounted = await act(async () => {
    const hydrated = hydrateRoot(root, <StrictMode>{gate}</StrictMode>, {
      onRecoverableError: (error) => problems.push(error),
    });
    // The form, loaded before, comes a moment later.
    await Promise.resolve();
    return hydrated;
  });
  // The same nodes, not new ones in their place.
  expect(root.contains(first)).toBe(true);
  expect(problems).toEqual([]);
  act(() => mounted.unmount());
});
