import { explain } from '../contract/explain';
import { courseOf, type GateFailure } from '../contract/failures';
import { graceMs } from '../contract/limits';
import { pollingOf } from './pollingOptions';
import { readingOf } from './reading';
import type { GateSnapshot, RegistrationResult } from './snapshot';

/**
 * How long a tab waits for another tab's registration before it polls instead, in ms. It
 * tries again after the same time.
 */
export const lockWaitMs = 15_000;

/** Registrations in a row that may start without the user asking, after an unknown outcome or if nothing was sent. */
const maxAttempts = 3;

/**
 * Pause before retrying a registration that wasn't sent and came back without `Retry-After`, in
 * ms. Coinflow allows 3 a minute.
 */
const resendPauseMs = 20_000;

/** Pause after a 429 without `Retry-After`, in ms. Coinflow allows 3 registrations a minute. */
export const limitPauseMs = 60_000;

/** The only token available was already sent. */
export const tokenSpent: GateFailure = { code: 'tokenSpent', message: explain('tokenSentBefore') };

/**
 * When to register the share token, as wall-clock ms: at or before `now` means at once, `Infinity` means not by itself.
 *
 * The rule that protects tokens: send nothing unless the latest read left after the last registration and the last
 * click, and found no usable record.
 */
export function registrationDue(snapshot: GateSnapshot): number {
  const { read, readFailure } = snapshot;
  return read && !readFailure && isFresh(snapshot) && isMissing(snapshot) ? allowedAt(snapshot) : Infinity;
}

/**
 * When a fresh read is all that a registration still needs, as wall-clock ms; `Infinity` if it needs more.
 * Such a read is made under the registration's lock.
 */
export function lookDue(snapshot: GateSnapshot): number {
  return !snapshot.consentNeeded && isMissing(snapshot) ? allowedAt(snapshot) : Infinity;
}

/** Whether a registration could help: there is no record, or it has expired and a new token can be had. */
function isMissing({ read, canMint }: GateSnapshot): boolean {
  const reading = readingOf(read?.record ?? null);
  return reading === 'absent' || (reading === 'expired' && canMint);
}

/** Whether the latest read left late enough to base a registration on it. */
export function isFresh({ read, registration: last, asked }: GateSnapshot): boolean {
  if (!read || read.seq < (asked?.seq ?? 0)) return false;
  if (!last) return true;
  return read.seq >= last.seq && (last.outcome !== 'unknown' || read.at >= last.at + graceMs);
}

/**
 * Whether to register again by itself after an unknown outcome. Not after `malformed`: a 200 with an
 * HTML page would come back as one.
 */
export function triesAgain({ attempt, failure }: RegistrationResult): boolean {
  return attempt < maxAttempts && failure?.code !== 'malformed';
}

/** When a token may be sent, assuming that a fresh read finds no usable record. */
function allowedAt(snapshot: GateSnapshot): number {
  const { now, opened, fallbackChosen, isRegistering, tokenAvailable, canMint, registration: last, read } = snapshot;
  if (opened || fallbackChosen || isRegistering || !tokenAvailable) return Infinity;
  const isRenewal = readingOf(read?.record ?? null) === 'expired';
  if (!last) return snapshot.recordSeen && !isRenewal ? Infinity : now;
  const asked = snapshot.asked && snapshot.asked.seq > last.seq ? snapshot.asked : undefined;
  const isRetry = asked?.kind === 'retry';
  const soonest = isRetry ? now : Math.max(now, snapshot.postAllowedAt);
  switch (last.outcome) {
    case 'accepted': {
      // The redemption never completed, or the old record is still there. Only the user can ask for another
      // try, and it needs a new token.
      const toldAfterMs = pollingOf(snapshot.polling, isRenewal ? 'slowAfterMs' : 'maxWaitMs');
      const isWish = isRenewal ? isRetry : asked !== undefined;
      return isWish && canMint && (asked?.at ?? 0) - last.at >= toldAfterMs ? now : Infinity;
    }
    case 'refused':
      return isRetry ? now : Infinity;
    case 'unknown':
      if (!isRetry && !triesAgain(last)) return Infinity;
      return Math.max(soonest, last.at + graceMs, last.failure?.retryAt ?? 0);
    case 'notSent':
      // A `Retry-After` of zero, or one that a wrong clock turns into zero, must not cause a request storm.
      if (last.failure?.retryAt !== undefined) {
        return Math.max(soonest, last.failure.retryAt, last.at + Math.min(resendPauseMs, 1_000 * 2 ** last.attempt));
      }
      if (isRetry) return now;
      if (!last.failure) return Math.max(soonest, last.at + lockWaitMs);
      if (courseOf(last.failure) !== 'transient' || last.attempt >= maxAttempts) return Infinity;
      return Math.max(soonest, last.at + resendPauseMs);
    default:
      return last.outcome satisfies never;
  }
}
