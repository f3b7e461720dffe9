import type { GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';

/** One answer of a GET. `seq` orders it among reads, registrations and clicks of this page; clocks may jump, it does not. */
export interface ReadAnswer {
  readonly record: WithdrawerRecord | null;
  /** When the request left. */
  readonly seq: number;
  /** When the answer came. */
  readonly arrivedSeq: number;
  /** Wall-clock ms at which the request left. */
  readonly at: number;
}

/** Failed requests of one kind in a row, since the last good one. */
export interface RequestFailures {
  /** The latest. */
  readonly failure: GateFailure;
  readonly count: number;
  /** Wall-clock ms of the first. */
  readonly since: number;
  /** Wall-clock ms of the latest. */
  readonly at: number;
}

/** How a registration ended. Holds no token. */
export interface RegistrationResult {
  /**
   * - `accepted`: the backend took the token.
   * - `present`: a GET just before, or after a refusal, found a record; nothing more is to be sent.
   * - `notSent`: the token was not used up and may go again.
   * - `unknown`: no answer came; the token must be taken as spent.
   * - `refused`: this will not work by trying the same again.
   */
  readonly outcome: 'accepted' | 'present' | 'notSent' | 'unknown' | 'refused';
  /** Missing for `accepted` and `present`, and where another tab held the lock. */
  readonly failure?: GateFailure;
  /** Counts results in a row that were `notSent` or `unknown`, this one included. */
  readonly attempt: number;
  /** Wall-clock ms at which this row of failures began. */
  readonly since: number;
  readonly seq: number;
  readonly at: number;
}

/** Everything a state is derived from, at one moment. */
export interface GateSnapshot {
  /** Wall-clock ms. */
  readonly now: number;
  readonly openWhen: 'exists' | 'verified';
  readonly fallbackAllowed: boolean;
  readonly fallbackChosen: boolean;
  readonly consentNeeded: boolean;
  /** A token that has not been spent can be had: the backend or a function mints one, or a fixed one is fresh. */
  readonly tokenAvailable: boolean;
  /** A new token can be had again and again: the backend or a function mints it. */
  readonly canMint: boolean;
  readonly linkHosts: readonly string[];
  readonly slowAfterMs: number;
  readonly maxWaitMs: number;
  /** Wall-clock ms since which the user waits for what the gate waits for now. */
  readonly waitingSince: number;
  /** `seq` of the user's last retry or recheck; 0 before. */
  readonly askedSeq: number;
  /** Wall-clock ms of it. */
  readonly askedAt: number;
  readonly read?: ReadAnswer | undefined;
  readonly readFailure?: RequestFailures | undefined;
  readonly registering: boolean;
  readonly registration?: RegistrationResult | undefined;
  /** The record the form was opened with. Once set it stays: no later read tears the form down. */
  readonly opened?: WithdrawerRecord | undefined;
  /** Failed requests for the session key in a row, while there is none and the form needs it. */
  readonly keyFailure?: RequestFailures | undefined;
  /** What keeps the opened form from being shown: no Coinflow component, a blocked frame, a throwing child. */
  readonly formFailure?: GateFailure | undefined;
}
