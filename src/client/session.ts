import type { GateFailure } from '../contract/failures';
import type { GateState } from '../gate/GateState';
import type { GateOptions } from './options';
import { nextSeq } from './subject';

/** What the page and the user can do with a gate. */
export interface GateControls {
  /** Tries again after a failure: reads first, then registers if that helps. */
  retry(): void;
  /**
   * Reads again and restarts the wait, like *Check again*. Registers again only if an accepted registration has
   * led to no record by the deadline.
   */
  recheck(): void;
  /** Call before mounting the open form again: clears its failure, and renews a session key that has grown old. */
  reopen(): void;
  /** Gives consent to sharing. Only with `requireConsent`. */
  consent(): void;
  /** Chooses Coinflow's own verification. Does nothing unless the state has `canFallback`. */
  chooseFallback(): void;
  /** Reports what keeps the open form from being shown; `undefined` if nothing does any more. */
  setFormFailure(failure: GateFailure | undefined): void;
}

/** One gate working for one subject: reads, registers once, watches, and says what to show. Independent of React. */
export interface GateSession extends GateControls {
  /** Unique on the page. */
  readonly id: number;
  getState(): GateState;
  /** The state before anything was asked: what a server renders, and hydration starts from. */
  getInitialState(): GateState;
  /** The subject's Coinflow session key, once it has been fetched. */
  getSessionKey(): string | undefined;
  /** The first listener starts the gate; when the last one leaves, its timers and reads end. */
  subscribe(listener: () => void): () => void;
  /** Applies the latest options. `endpoint`, `subject` and `queryClient` are fixed per session. */
  update(options: GateOptions): void;
}

/**
 * A session that sends no requests and stays in one state: for wrong props, a subject
 * that isn't known yet, and stories.
 */
export function heldSession(state: GateState): GateSession {
  const nothing = () => {};
  return {
    id: nextSeq(),
    getState: () => state,
    getInitialState: () => state,
    getSessionKey: () => undefined,
    subscribe: () => nothing,
    update: nothing,
    retry: nothing,
    recheck: nothing,
    reopen: nothing,
    consent: nothing,
    chooseFallback: nothing,
    setFormFailure: nothing,
  };
}
