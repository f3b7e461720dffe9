import type { ComponentType } from 'react';
import type { CoinflowFormProps } from './CoinflowForm';

/** The module of the form, with Coinflow in it, once it is there. */
export type FormComponent = ComponentType<CoinflowFormProps>;

let loading: Promise<FormComponent> | undefined;

/**
 * Loads the form with Coinflow's component, once per page; a failed load is tried again at the next call.
 *
 * Not `React.lazy`: what waits behind a Suspense fallback is held back by React until 300 ms after the fallback appeared.
 */
export function loadForm(): Promise<FormComponent> {
  loading ??= import('./CoinflowForm').then(
    ({ CoinflowForm }) => CoinflowForm,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
