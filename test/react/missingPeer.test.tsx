// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderGate } from './renderGate';

vi.mock('@coinflowlabs/react', () => {
  throw new Error("Cannot find package '@solana/web3.js'");
});

it('where a package of Coinflow’s is missing, the user can try again and the developer reads what to install', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const onError = vi.fn();
  renderGate({ reads: [{}] }, { onError });
  await screen.findByRole('alert');
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Try again', 'Reload']);
  expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'withdrawUnavailable' }));
  expect(warn.mock.calls.flat().join()).toContain('npm install @coinflowlabs/react@5 @solana/web3.js@1 bs58@5');
});
