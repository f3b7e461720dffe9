import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createGate } from '../client/gate';
import { checkSetup, type GateOptions } from '../client/options';
import type { GateSession } from '../client/session';
import type { GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/record';
import type { GateState } from '../gate/GateState';
import { callSafely } from './callSafely';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect';

/**
 * Events of the gate. Each fires once per change and calls your latest function. Arguments hold no token, no key, and
 * no server text except the `reasons` of `declined`.
 */
export interface GateEvents {
  /** Called on every change of state, including the first state. */
  readonly onStateChange?: (state: GateState) => void;
  /**
   * Called when a record has opened the gate. The form mounts as soon as it has loaded and its
   * session key or wallet is there.
   */
  readonly onReady?: (record: WithdrawerRecord) => void;
  /** Called when the gate shows a failure. */
  readonly onError?: (failure: GateFailure) => void;
}

interface Held {
  readonly session: GateSession;
  /** What the session belongs to, the subject first. Any change ends it. */
  readonly keys: readonly unknown[];
}

/**
 * Holds the session of the current subject and identity. A change of either replaces it during render, so that
 * no frame ever shows the old one.
 *
 * @param identity the values of the user that the form opens as
 * @param setupFailure wrong props that the caller has found
 */
export function useGateSession(
  options: GateOptions & GateEvents,
  identity: readonly unknown[],
  setupFailure: GateFailure | undefined,
): { readonly session: GateSession; readonly state: GateState; readonly sessionKey: string | undefined } {
  const failure = setupFailure ?? checkSetup(options);
  const { subject, endpoint, queryClient } = options;
  const keys = [subject, endpoint, queryClient, options.sessionKey, failure?.message, ...identity];
  const create = (given: GateOptions): Held => ({ session: createGate(given, failure), keys });
  const [held, setHeld] = useState(() => create(options));
  let { session } = held;
  if (!isSame(held.keys, keys)) {
    // By now, the record from the server render is out of date.
    const next = create(subject === held.keys[0] ? { ...options, initialRecord: null } : options);
    ({ session } = next);
    setHeld(next);
  }

  // Sends the first read in this commit: React itself subscribes only after the page has been painted.
  useBrowserLayoutEffect(() => session.subscribe(() => {}), [session]);
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getInitialState);
  // A store of its own: the key may arrive after the state has become `ready`. On a server and
  // during hydration there is none yet.
  // Before the gate is open nobody needs the key, so don't render for it.
  const keyOfOpen = () => (isOpen(session.getState()) ? session.getSessionKey() : undefined);
  const sessionKey = useSyncExternalStore(session.subscribe, keyOfOpen, keyOfOpen);
  useEffect(() => session.update(options));
  useEvents(state, options);
  return { session, state, sessionKey };
}

function useEvents(state: GateState, { onStateChange, onReady, onError }: GateEvents): void {
  const told = useRef<GateState>(undefined);
  // Runs after every render, so that each change calls the functions of the render that shows it.
  useEffect(() => {
    if (told.current === state) return;
    told.current = state;
    callSafely(() => onStateChange?.(state));
    if (state.status === 'ready') callSafely(() => onReady?.(state.record));
    if (state.status === 'failed') callSafely(() => onError?.(state.failure));
  });
}

function isOpen({ status }: GateState): boolean {
  return status === 'ready' || status === 'fallback';
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
