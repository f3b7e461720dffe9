import type { GateFailure } from '../contract/failures';
import type { VerificationLink, WithdrawerRecord } from '../contract/WithdrawerRecord';

/**
 * What the gate shows, one arm per screen, in the order a user meets them. Plain data: any state can be written by hand.
 *
 * `ready` is the only arm in which the payout form may be in the page (besides `fallback`, which the user chose).
 */
export type GateState =
  /** Only with `start="consent"`: nothing has been shared yet, and nothing is before the user agrees. */
  | { readonly status: 'consent' }
  /** The first read is under way. */
  | { readonly status: 'checking' }
  /** The share token is being handed over, or will be in a moment. */
  | { readonly status: 'registering' }
  /** Coinflow has the token; the record is not there yet, or not far enough to open. */
  | { readonly status: 'processing' }
  /** With `openWhen="verified"`: Coinflow asks the user for more. `links` hold only links on `linkHosts`. */
  | { readonly status: 'needsInput'; readonly links: readonly VerificationLink[] }
  /** Coinflow rejected the verification. `reasons` are Coinflow's own words. */
  | { readonly status: 'declined'; readonly reasons: readonly string[]; readonly canFallback: boolean }
  /** The verification ran out, and no fresh registration could help. */
  | { readonly status: 'expired'; readonly canRetry: boolean; readonly canFallback: boolean }
  /** Coinflow does not pay out to this user. */
  | { readonly status: 'blocked' }
  /** It takes longer than usual. `since`: wall-clock ms of the beginning. `exhausted`: polling has ended; `recheck()` starts it again. */
  | { readonly status: 'delayed'; readonly since: number; readonly exhausted: boolean }
  /** The user chose Coinflow's own verification. */
  | { readonly status: 'fallback' }
  /** Something went wrong; `failure.code` says what. */
  | {
      readonly status: 'failed';
      readonly failure: GateFailure;
      readonly canRetry: boolean;
      readonly canFallback: boolean;
    }
  /** A GET read a record of this subject: the payout form is, or is about to be, in the page. */
  | { readonly status: 'ready'; readonly record: WithdrawerRecord };

/** Discriminant of {@link GateState}. */
export type GateStatus = GateState['status'];
