import type { GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/record';
import type { PollingOptions } from './pollingOptions';

/**
 * Everything a decision is based on, at one moment.
 *
 * The reads, registrations and clicks of a page share one order, `seq`: a number drawn when a read
 * leaves, when a registration ends, and when the user clicks. Wall clocks may jump; this order doesn't.
 * All other times are wall-clock ms.
 *
 *     GET leaves (1) ── absent ── POST … answered (2) ── GET leaves (3) ── absent ── click (4) ── GET leaves (5)
 *
 * A token may only be sent after a read that left after the last registration and the last click.
 */
export interface GateSnapshot {
  readonly now: number;

  // What the merchant configured.
  readonly openWhen: 'exists' | 'verified';
  readonly fallbackAllowed: boolean;
  readonly consentNeeded: boolean;
  /** There is an unspent token: the backend or a function mints one, or a fixed one hasn't been used. */
  readonly tokenAvailable: boolean;
  /** New tokens can be had at any time: the backend or a function mints them. */
  readonly canMint: boolean;
  readonly linkHosts?: readonly string[] | undefined;
  readonly polling: PollingOptions;

  // What the user and the page did.
  /** Reads that left before this don't count. Set when the gate starts, and when the page is shown again. */
  readonly readSince: number;
  /** The user's latest request to look again. */
  readonly asked?: Ask | undefined;
  readonly fallbackChosen: boolean;
  readonly isVisible: boolean;
  /** When the current wait began. */
  readonly waitingSince: number;
  /** Between 0 and 1, fixed per gate, so that deciding again doesn't move a timer. */
  readonly jitter: number;

  // What Get Withdrawer returned, and how the reads are doing.
  readonly read?: ReadAnswer | undefined;
  readonly readFailure?: RequestFailures | undefined;
  /** The latest read that left, answered or not. `seq` 0: none yet. */
  readonly lastRead: { readonly seq: number; readonly at: number };
  readonly isReading: boolean;
  /** No read before this: a `Retry-After`, or Coinflow's limit. */
  readonly readAllowedAt: number;
  /** This page has read a usable record, so a later "no record" is no reason to register. */
  readonly recordSeen: boolean;

  // The registration.
  /**
   * The latest read was made under the lock, or by the server that rendered the page: a
   * registration needs no further look.
   */
  readonly hasLooked: boolean;
  readonly isRegistering: boolean;
  /** No POST before this that the user didn't ask for: Coinflow allows 3 registrations a minute. */
  readonly postAllowedAt: number;
  readonly registration?: RegistrationResult | undefined;

  // The session key, if the form needs one.
  readonly keyNeeded: boolean;
  readonly isFetchingKey: boolean;
  /** No request for it before this: a `Retry-After`. */
  readonly keyAllowedAt: number;
  /** Failed requests for it in a row. */
  readonly keyFailure?: RequestFailures | undefined;

  // The form.
  /** The record that opened the form. Never unset: no later read closes the form. */
  readonly opened?: WithdrawerRecord | undefined;
  /** What keeps the open form from being shown: no Coinflow component, a blocked frame, a child that throws. */
  readonly formFailure?: GateFailure | undefined;
}

/**
 * A request to look again. `retry` may also register again after a failure, `recheck` only if an accepted registration
 * has led nowhere by the deadline.
 */
export interface Ask {
  readonly kind: 'retry' | 'recheck';
  readonly seq: number;
  readonly at: number;
}

/**
 * How a read is made:
 *
 * - `read`: plainly.
 * - `look`: under the registration's lock, if that is free. Its "no record" then holds until the POST that follows.
 * - `watch`: the backend may hold it until it has something new to tell.
 */
export type ReadKind = 'read' | 'look' | 'watch';

/** One answer of Get Withdrawer. */
export interface ReadAnswer {
  readonly record: WithdrawerRecord | null;
  /** The answer's `ETag`, to tell the backend what the gate knows. */
  readonly etag?: string | undefined;
  /** When the request left. */
  readonly seq: number;
  /** When the request left. */
  readonly at: number;
}

/** Consecutive failed requests of one kind, since the last success. */
export interface RequestFailures {
  /** The latest. */
  readonly failure: GateFailure;
  readonly count: number;
  /** Time of the first. */
  readonly since: number;
  /** Time of the latest. */
  readonly at: number;
}

/** How a registration ended. Holds no token. */
export interface RegistrationResult {
  /**
   * - `accepted`: the backend took the token.
   * - `notSent`: the token wasn't used and may be sent again.
   * - `unknown`: no usable answer came; treat the token as spent.
   * - `refused`: trying the same again won't work.
   */
  readonly outcome: 'accepted' | 'notSent' | 'unknown' | 'refused';
  /** Missing for `accepted`, and if another tab held the lock. */
  readonly failure?: GateFailure;
  /** Number of consecutive `notSent` or `unknown` results, this one included. */
  readonly attempt: number;
  /** When this run of failures began. */
  readonly since: number;
  /** When the POST left, if one did. */
  readonly sentAt?: number;
  /** When it ended. */
  readonly seq: number;
  /** When it ended. */
  readonly at: number;
}
