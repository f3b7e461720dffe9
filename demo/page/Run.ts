import type { SignedIn } from '../contract/DemoApi';
import type { Choice } from './Choice';

/** One click on "Withdraw": who clicked, when, and with what chosen. */
export interface Run extends SignedIn {
  readonly id: number;
  readonly choice: Choice;
  /** Wall clock, ms; the zero of the timeline. */
  readonly clickedAt: number;
  /** Without the gate: the session key the form is opened with. */
  readonly sessionKey?: Promise<string>;
}
