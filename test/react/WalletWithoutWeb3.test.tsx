// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { renderGate } from './renderGate';

// In a file of its own: the stand-in's mark stays for as long as its page does.
const address = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin';
const wallet = { publicKey: { toString: () => address }, sendTransaction: () => Promise.resolve('') };
const withdraw = { merchantId: 'acme', env: 'local', blockchain: 'solana', connection: {}, wallet };
const returning = { reads: [{}] };
const frame = () => document.querySelector('iframe');

it('without the alias, a wallet opens the form', async () => {
  renderGate(returning, { subject: address, withdraw });
  await waitFor(() => expect(frame()?.src).toContain(`pubkey=${address}`));
});

describe('where web3 is aliased away', () => {
  beforeAll(async () => {
    await import('../../src/no-web3');
  });

  it('a wallet is a failure that names the alias, and nothing is mounted, not even after a retry', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const onError = vi.fn();
    const frames = vi.fn();
    const observer = new MutationObserver(() => void (frame() && frames()));
    observer.observe(document.body, { subtree: true, childList: true });
    renderGate(returning, { subject: address, withdraw, onError });
    await screen.findByRole('alert');
    screen.getByRole('button', { name: 'Try again' }).click();
    await waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    await screen.findByRole('alert');
    observer.disconnect();
    expect(frames).not.toHaveBeenCalled();
    for (const [failure] of onError.mock.calls as [{ code: string; message: string }][]) {
      expect(failure.code).toBe('misconfigured');
      expect(failure.message).toMatch(/kyc-reuse-gate\/no-web3.* Remove that alias/);
    }
    expect(warn.mock.calls.flat().join()).toContain('kyc-reuse-gate/no-web3');
  });

  it('a user known by id has the form', async () => {
    renderGate(returning);
    await waitFor(() => expect(frame()?.src).toContain('/solana/withdraw/acme'));
  });
});
