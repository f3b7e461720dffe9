import { courseOf } from '../contract/courseOf';
import { graceMs } from '../contract/graceMs';
import { failures, type FailureCode, type GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { allowedLinks } from './allowedLinks';
import type { GateSnapshot, RequestFailures } from './GateSnapshot';
import type { GateState } from './GateState';
import { opens } from './opens';
import { readingOf } from './readingOf';
import { registrationDue } from './registrationDue';
import { failingBeforeShownMs, failuresBeforeShown } from './timing';
import { tokenSpent } from './tokenSpent';
import { triesAgain } from './triesAgain';

/** Derives what the gate shows. Pure: the same snapshot always gives the same state. */
export function deriveGateState(snapshot: GateSnapshot): GateState {
  const { opened, formFailure, keyFailure, read, readFailure } = snapshot;
  const reading = read && readingOf(read.record);
  const isFallback = snapshot.fallbackChosen && reading !== 'blocked';
  if (formFailure) return failed(snapshot, formFailure);
  if (isShown(snapshot, keyFailure) && (opened || isFallback)) return failed(snapshot, keyFailure.failure);
  if (opened) return { status: 'ready', record: opened };
  if (isFallback) return { status: 'fallback' };
  if (!reading) return isShown(snapshot, readFailure) ? failed(snapshot, readFailure.failure) : { status: 'checking' };
  if (read.record && opens(reading, snapshot.openWhen)) return { status: 'ready', record: read.record };
  if (reading === 'blocked') return { status: 'blocked' };
  if (reading === 'declined') {
    return { status: 'declined', reasons: read.record?.reasons ?? [], canFallback: snapshot.fallbackAllowed };
  }
  if (isShown(snapshot, readFailure)) return failed(snapshot, readFailure.failure);
  if (reading === 'needsInput')
    return { status: 'needsInput', links: allowedLinks(read.record?.links ?? [], snapshot.linkHosts) };
  if (reading === 'pending' || reading === 'verified') return waiting(snapshot, 'processing');
  return unregistered(snapshot, reading);
}

/** Transient failures keep the last screen for a while; the others show at once. */
function isShown({ now }: GateSnapshot, failed: RequestFailures | undefined): failed is RequestFailures {
  if (!failed) return false;
  return (
    courseOf(failed.failure) !== 'transient' ||
    failed.count >= failuresBeforeShown ||
    now - failed.since >= failingBeforeShownMs
  );
}

/** The reading is `absent` or `expired`: the registration decides. */
function unregistered(snapshot: GateSnapshot, reading: 'absent' | 'expired'): GateState {
  const { registration: last, registering, now, canMint, read } = snapshot;
  // Every part of it has its own time limit; there is nothing to check again meanwhile.
  if (registering) return waiting(snapshot, 'registering', Infinity);
  if (registrationDue(snapshot) <= now) return { status: snapshot.consentNeeded ? 'consent' : 'registering' };
  // Nothing has been sent, and nothing will be: a fixed token cannot renew a record.
  if (reading === 'expired' && !canMint && (!last || last.outcome === 'notSent')) {
    return { status: 'expired', canRetry: false, canFallback: snapshot.fallbackAllowed };
  }
  if (!last) {
    if (snapshot.readFailure) return { status: 'registering' };
    return failed(snapshot, tokenSpent);
  }
  // The user asked again, and the read that comes first is still out.
  const asking = snapshot.askedSeq > Math.max(last.seq, read?.seq ?? 0);
  switch (last.outcome) {
    case 'accepted':
    case 'present':
      // Coinflow may go on showing the old record while the new one is made.
      if (reading === 'expired' && !asking && now - last.at >= snapshot.slowAfterMs) {
        return { status: 'expired', canRetry: canMint, canFallback: snapshot.fallbackAllowed };
      }
      return waiting(snapshot, 'processing');
    case 'refused':
      return asking ? { status: 'checking' } : failed(snapshot, last.failure ?? tokenSpent);
    case 'unknown':
      if (!asking && read && read.at >= last.at + graceMs) {
        if (!snapshot.tokenAvailable) return failed(snapshot, tokenSpent);
        if (!triesAgain(last)) return failed(snapshot, last.failure ?? tokenSpent);
      }
      return waiting(snapshot, 'processing');
    case 'notSent':
      if (!last.failure) return waiting(snapshot, 'registering');
      if (asking) return { status: 'checking' };
      if (courseOf(last.failure) === 'transient' && now - last.since < failingBeforeShownMs) {
        return { status: 'registering' };
      }
      return failed(snapshot, last.failure);
    default:
      return last.outcome satisfies never;
  }
}

function waiting(
  { now, waitingSince: since, slowAfterMs, maxWaitMs }: GateSnapshot,
  status: 'registering' | 'processing',
  endsMs = maxWaitMs,
): GateState {
  const waitedMs = now - since;
  if (waitedMs < Math.min(slowAfterMs, endsMs)) return { status };
  return { status: 'delayed', since, exhausted: waitedMs >= endsMs };
}

function failed(snapshot: GateSnapshot, failure: GateFailure): GateState {
  return {
    status: 'failed',
    failure,
    canRetry:
      failures[failure.code].retry &&
      (failure.retryAt ?? 0) <= snapshot.now &&
      (failure.code !== 'tokenRefused' || snapshot.tokenAvailable),
    canFallback: snapshot.fallbackAllowed && leadsToFallback.has(failure.code) && !isBlocked(snapshot.read?.record),
  };
}

function isBlocked(record: WithdrawerRecord | null | undefined): boolean {
  return readingOf(record ?? null) === 'blocked';
}

/** Where reuse itself is at its end, Coinflow's own verification is a way forward; elsewhere trying again is. */
const leadsToFallback: ReadonlySet<FailureCode> = new Set([
  'tokenRefused',
  'tokenSpent',
  'tokenUnavailable',
  'noShareableVerification',
]);
