import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { checkSetup } from '../client/checkSetup';
import { createGateSession } from '../client/createGateSession';
import type { EngineSource } from '../client/EngineSource';
import type { GateOptions } from '../client/GateOptions';
import type { GateSession } from '../client/GateSession';
import type { GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { GateState } from '../gate/GateState';
import { callSafely } from './callSafely';

/** What the gate tells the page. Each is called once per change, with the latest function. They hold no token and no key, and no server text but the `reasons` of `declined`. */
export interface GateEvents {
  /** Every change of state, the first one included. */
  readonly onStateChange?: (state: GateState) => void;
  /** A record has opened the gate: the form is in the page, or will be as soon as it has been loaded and its session key or wallet is there. */
  readonly onReady?: (record: WithdrawerRecord) => void;
  /** The gate shows a failure. */
  readonly onError?: (failure: GateFailure) => void;
}

interface Held {
  readonly session: GateSession;
  /** What the session belongs to, the subject first: any change ends it. */
  readonly keys: readonly unknown[];
}

/**
 * Holds the session of the present subject and identity. A change of either replaces it while rendering, so that no frame shows the old one.
 *
 * @param identity whom the form opens as, value by value
 * @param setupFailure wrong props of the caller's own
 */
export function useGateSession(
  engine: EngineSource,
  options: GateOptions & GateEvents,
  identity: readonly unknown[],
  setupFailure: GateFailure | undefined,
): { readonly session: GateSession; readonly state: GateState; readonly sessionKey: string | undefined } {
  const failure = setupFailure ?? checkSetup(options);
  const keys = [
    options.subject,
    options.endpoint,
    options.queryClient,
    options.sessionKey,
    failure?.message,
    ...identity,
  ];
  const create = (given: GateOptions): Held => ({ session: createGateSession(engine, given, failure), keys });
  const [held, setHeld] = useState(() => create(options));
  let { session } = held;
  if (!isSame(held.keys, keys)) {
    // A record from the page's beginning says nothing of now.
    const next = create(options.subject === held.keys[0] ? { ...options, initialRecord: null } : options);
    ({ session } = next);
    setHeld(next);
  }

  const state = useSyncExternalStore(session.subscribe, session.getState, session.getInitialState);
  // A key that comes after the state has become `ready` must be seen too. None is there before somebody listens, on a server as little as while hydrating.
  const sessionKey = useSyncExternalStore(session.subscribe, session.getSessionKey, session.getSessionKey);
  useEffect(() => session.update(options));
  useEvents(state, options);
  return { session, state, sessionKey };
}

function useEvents(state: GateState, { onStateChange, onReady, onError }: GateEvents): void {
  const told = useRef<GateState>(undefined);
  // After every render, so that each change is told by the functions of the render that shows it.
  useEffect(() => {
    if (told.current === state) return;
    told.current = state;
    callSafely(() => onStateChange?.(state));
    if (state.status === 'ready') callSafely(() => onReady?.(state.record));
    if (state.status === 'failed') callSafely(() => onError?.(state.failure));
  });
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
