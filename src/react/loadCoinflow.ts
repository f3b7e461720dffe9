import type { ComponentType } from 'react';

/** Coinflow's component, with the props the gate itself puts together. */
export type CoinflowComponent = ComponentType<Record<string, unknown>>;

let loading: Promise<CoinflowComponent> | undefined;

/**
 * Loads Coinflow's component, once per page; a failed load is tried again at the next call.
 *
 * Not `React.lazy`: what waits behind a Suspense fallback is held back by React until 300 ms after the fallback appeared.
 */
export function loadCoinflow(): Promise<CoinflowComponent> {
  loading ??= import('./coinflowChunk').then(
    ({ CoinflowWithdraw }) => CoinflowWithdraw as unknown as CoinflowComponent,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
