import { graceMs } from '../contract/graceMs';
import { courseOf } from '../contract/courseOf';
import type { GateSnapshot } from './GateSnapshot';
import { readingOf } from './readingOf';
import { triesAgain } from './triesAgain';
import { lockWaitMs, maxAttempts, resendPauseMs } from './timing';

/**
 * When the share token is to be registered, as wall-clock ms: at or before `now` means at once, `Infinity` not by itself.
 *
 * The rule that keeps tokens safe: nothing is sent unless the latest read, made after the last registration and the last click, found no usable record.
 */
export function registrationDue(snapshot: GateSnapshot): number {
  const { now, read, registration: last, askedSeq, tokenAvailable, canMint } = snapshot;
  if (snapshot.opened || snapshot.fallbackChosen || snapshot.registering) return Infinity;
  if (!read || snapshot.readFailure || !tokenAvailable) return Infinity;
  const reading = readingOf(read.record);
  if (reading !== 'absent' && !(reading === 'expired' && canMint)) return Infinity;
  if (!last) return now;
  if (read.seq < last.seq || read.seq < askedSeq) return Infinity;
  const asked = askedSeq > last.seq;
  switch (last.outcome) {
    case 'accepted':
    case 'present':
      // A redemption that never came, or an old record that is still shown: only on the word of a user who has been told, with a new token.
      return asked &&
        canMint &&
        snapshot.askedAt - last.at >= (reading === 'expired' ? snapshot.slowAfterMs : snapshot.maxWaitMs)
        ? now
        : Infinity;
    case 'refused':
      return asked ? now : Infinity;
    case 'unknown': {
      const graceEnds = last.at + graceMs;
      if (read.at < graceEnds) return Infinity;
      return asked || triesAgain(last) ? Math.max(now, last.failure?.retryAt ?? 0) : Infinity;
    }
    case 'notSent':
      // A wait of nothing, or one that a wrong clock makes nothing, must not become a storm.
      if (last.failure?.retryAt !== undefined)
        return Math.max(now, last.failure.retryAt, last.at + Math.min(resendPauseMs, 1_000 * 2 ** last.attempt));
      if (asked) return now;
      if (!last.failure) return Math.max(now, last.at + lockWaitMs);
      if (courseOf(last.failure) !== 'transient' || last.attempt >= maxAttempts) return Infinity;
      return Math.max(now, last.at + resendPauseMs);
    default:
      return last.outcome satisfies never;
  }
}
