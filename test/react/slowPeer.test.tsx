// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
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

it('where Coinflow’s component does not come, the user hears of it after 30 s, and can open the form once it has come', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const onError = vi.fn();
  renderGate({ reads: [{}] }, { onError });
  await screen.findByText('The payout form is opening.');
  await act(() => vi.advanceTimersByTimeAsync(29_000));
  expect(screen.queryByRole('alert')).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(1_500));
  expect(screen.getByRole('alert')).toBeTruthy();
  expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'withdrawUnavailable' }));
  vi.useRealTimers();
  network.answer();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(document.querySelector('iframe')).toBeTruthy(), { timeout: 15_000 });
}, 30_000);
