// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { renderGate } from './renderGate';

const network = vi.hoisted(() => {
  let answer = () => {};
  const came = new Promise<void>((resolve) => (answer = resolve));
  return { came, answer };
});
vi.mock('@coinflowlabs/react', async (original) => {
  await network.came;
  return original();
});
afterEach(() => void vi.useRealTimers());

it('where Coinflow’s component comes only after 30 s, the failure clears and the form opens by itself', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.useFakeTimers({ shouldAdvanceTime: true });
  renderGate({ reads: [{}] });
  await screen.findByText('The payout form is opening.');
  await act(() => vi.advanceTimersByTimeAsync(31_000));
  expect(screen.getByRole('alert')).toBeTruthy();
  vi.useRealTimers();
  network.answer();
  await waitFor(() => expect(document.querySelector('iframe')).toBeTruthy(), { timeout: 15_000 });
  expect(screen.queryByRole('alert')).toBeNull();
}, 30_000);
