import { type ComponentType, useRef, useState, useSyncExternalStore } from 'react';
import { setupFailure } from '../../client/options';
import type { GateFailure } from '../../contract/failures';
import { useBrowserLayoutEffect } from '../useBrowserLayoutEffect';
import type { CoinflowFormProps } from './CoinflowForm';

type FormComponent = ComponentType<CoinflowFormProps>;

let loading: Promise<FormComponent> | undefined;
let loaded: FormComponent | undefined;
const listeners = new Set<() => void>();

/**
 * Loads the form and Coinflow's component, once per page. After a failure, the next call tries again.
 *
 * Not `React.lazy`: React holds back content behind a Suspense fallback until 300 ms after the fallback appeared.
 */
export function loadForm(): Promise<FormComponent> {
  loading ??= import('./CoinflowForm').then(
    ({ CoinflowForm }) => {
      loaded = CoinflowForm;
      listeners.forEach((listener) => listener());
      return CoinflowForm;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * Longest wait for the form's chunk before the user is told, in ms. If the network hangs, a browser
 * may take minutes to report it.
 */
const chunkTimeoutMs = 30_000;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Loads the form in parallel with the first read, and returns it once the gate is open.
 *
 * @param isWanted the gate opens Coinflow's form, not `children`
 * @param isDue the gate is open; before that, neither the loaded form nor a failed load needs a render
 * @param onFailure called if the chunk fails to load, or takes longer than 30 s, and with `undefined` when it comes after all
 */
export function useForm(
  isWanted: boolean,
  isDue: boolean,
  onFailure: (failure: GateFailure | undefined) => void,
): { readonly Form: FormComponent | undefined } {
  // Outlives the effect: the failure itself closes the gate, and so ends the effect that reported it.
  const failed = useRef<typeof onFailure>(undefined);
  useBrowserLayoutEffect(() => {
    if (!isWanted) return undefined;
    let isHere = true;
    const fail = (error: unknown) => {
      if (!isHere || !isDue) return;
      failed.current = onFailure;
      onFailure(setupFailure('withdrawUnavailable', String(error), 'withdrawUnavailable'));
    };
    const timer = setTimeout(fail, chunkTimeoutMs, 'timeout');
    loadForm()
      .finally(() => clearTimeout(timer))
      .then(() => {
        if (!isHere || failed.current !== onFailure) return;
        failed.current = undefined;
        onFailure(undefined);
      }, fail);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [isWanted, isDue, onFailure]);
  // If the gate is open in its first render, wait for the commit: the form reads its look from the gate's root.
  const [isAttached, setAttached] = useState(!isDue);
  useBrowserLayoutEffect(() => {
    // Not for `children`: React 18 gives up hydrating them if anything renders meanwhile.
    if (isWanted) setAttached(true);
  }, [isWanted]);
  const Form = useSyncExternalStore(
    subscribe,
    () => (isWanted && isDue && isAttached ? loaded : undefined),
    () => undefined,
  );
  return { Form };
}
