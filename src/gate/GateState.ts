import type { GateFailure } from '../contract/failures';
import type { VerificationLink, WithdrawerRecord } from '../contract/record';

/**
 * What the gate shows: one arm per screen, in the order a user meets them. Plain data, so
 * you can write any state by hand.
 *
 * The payout form is in the page only in `ready`, and in `fallback`, which the user chose.
 */
export type GateState =
  /** Only with `requireConsent`: nothing is shared before the user agrees. */
  | { readonly status: 'consent' }
  /** The first read is under way. */
  | { readonly status: 'checking' }
  /** The share token is being registered, or is about to be. */
  | { readonly status: 'registering' }
  /** Coinflow has the token, but the record isn't there yet, or isn't enough to open. */
  | { readonly status: 'processing' }
  /** With `openWhen="verified"`: Coinflow needs more from the user. `links` holds only links to `linkHosts`. */
  | { readonly status: 'needsInput'; readonly links: readonly VerificationLink[] }
  /** Coinflow rejected the verification. `reasons` are Coinflow's own words. */
  | { readonly status: 'declined'; readonly reasons: readonly string[]; readonly canFallback: boolean }
  /** The verification has expired, and a fresh registration can't renew it, or hasn't. */
  | { readonly status: 'expired'; readonly canRetry: boolean; readonly canFallback: boolean }
  /** Coinflow doesn't pay out to this user. */
  | { readonly status: 'blocked' }
  /**
   * It takes longer than usual. `since`: when the wait began, wall-clock ms. `exhausted`: polling has
   * stopped; `recheck()` restarts it.
   */
  | { readonly status: 'delayed'; readonly since: number; readonly exhausted: boolean }
  /** The user chose Coinflow's own verification. */
  | { readonly status: 'fallback' }
  /** Something went wrong: see `failure.code`. */
  | {
      readonly status: 'failed';
      readonly failure: GateFailure;
      readonly canRetry: boolean;
      readonly canFallback: boolean;
    }
  /** Get Withdrawer has returned a record of this subject: the payout form is in the page, or about to be. */
  | { readonly status: 'ready'; readonly record: WithdrawerRecord };

/** Discriminant of {@link GateState}. */
export type GateStatus = GateState['status'];

/** Whether the user waits for the gate itself. */
export function isWaiting({ status }: GateState): boolean {
  return status === 'checking' || status === 'registering' || status === 'processing' || status === 'delayed';
}
