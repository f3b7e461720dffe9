import type { GateFailure } from '../contract/failures';
import type { GateState } from '../gate/GateState';
import type { GateOptions } from './GateOptions';

/** What React holds: an engine that loads itself. */
export interface GateSession extends GateEngine {
  /** Different for every session of a page. */
  readonly id: number;
  /** The state before anything was asked: what a server renders, and what hydration starts from. */
  getInitialState(): GateState;
}

/** One gate's work for one subject: reads, registers once, watches, and says what to show. Knows nothing of React. */
export interface GateEngine {
  getState(): GateState;
  /** Coinflow session key of the subject, once it is there and where it was asked for. */
  getSessionKey(): string | undefined;
  /** The first listener starts the reads; when the last one leaves, timers and reads end. */
  subscribe(listener: () => void): () => void;
  /** Takes the latest options. `endpoint`, `subject` and `queryClient` are fixed. */
  update(options: GateOptions): void;
  /** Asks again after a failure: a GET first, then, where that helps, a registration. */
  retry(): void;
  /** Reads again and starts waiting anew. Never leads to a registration that was not due anyway. */
  recheck(): void;
  /** The open form is about to be mounted again: forgets what kept it from being shown, and an old session key. */
  reopen(): void;
  /** Agrees to sharing. Only where `start` is `consent`. */
  consent(): void;
  /** Chooses Coinflow's own verification. Only where the state's `canFallback` offers it. */
  chooseFallback(): void;
  /** Tells what keeps the open form from being shown, or that nothing does any more. */
  setFormFailure(failure: GateFailure | undefined): void;
}
