import { courseOf, failures, type FailureCode, type GateFailure } from '../contract/failures';
import { graceMs } from '../contract/limits';
import type { GateState } from './GateState';
import { keyDue, mayBeHeld, readDue } from './polling';
import { pollingOf } from './pollingOptions';
import { allowedLinks, opens, readingOf } from './reading';
import { isFresh, lookDue, registrationDue, tokenSpent, triesAgain } from './registration';
import type { GateSnapshot, ReadKind, RequestFailures } from './snapshot';

/** What follows from a snapshot: what to show, what to do now, and when to decide again. */
export interface Decision {
  readonly state: GateState;
  readonly todo: ReadKind | 'register' | undefined;
  readonly fetchKey: boolean;
  /** Wall-clock ms at which something is due even if nothing else happens; `Infinity` if nothing is. */
  readonly decideAgainAt: number;
}

/** Decides everything. Pure: the same snapshot always gives the same decision. */
export function decide(snapshot: GateSnapshot): Decision {
  const { now } = snapshot;
  const state = deriveState(snapshot);
  // A registration starts with a look, so it can't start before reads are allowed.
  const lookedAt = snapshot.hasLooked ? 0 : snapshot.readAllowedAt;
  const registerAt = snapshot.consentNeeded ? Infinity : Math.max(registrationDue(snapshot), lookedAt);
  const lookAt = lookDue(snapshot);
  const isReadMissing = snapshot.read && !snapshot.readFailure && !snapshot.isReading && !isFresh(snapshot);
  const readAt = Math.min(
    readDue(snapshot, state),
    isReadMissing ? Math.max(lookAt, snapshot.readAllowedAt) : Infinity,
  );
  const keyAt = keyDue(snapshot);
  const readKind = lookAt <= now ? 'look' : mayBeHeld(snapshot, state) ? 'watch' : 'read';
  const todo = registerAt <= now ? 'register' : readAt <= now ? readKind : undefined;
  const times = [registerAt, readAt, keyAt, ...statesChangeAt(snapshot)];
  return { state, todo, fetchKey: keyAt <= now, decideAgainAt: Math.min(...times.filter((time) => time > now)) };
}

/** Transient failures leave the last screen up until there are this many in a row … */
const failuresBeforeShown = 3;

/** … or until they have lasted this long, in ms. */
const failingBeforeShownMs = 10_000;

function deriveState(snapshot: GateSnapshot): GateState {
  const { opened, formFailure, keyFailure, read, readFailure, fallbackAllowed } = snapshot;
  const reading = read && readingOf(read.record);
  const isFallback = snapshot.fallbackChosen && reading !== 'blocked';
  if (formFailure) return failed(snapshot, formFailure);
  if (isShown(snapshot, keyFailure) && (opened || isFallback)) return failed(snapshot, keyFailure.failure);
  if (opened) return { status: 'ready', record: opened };
  if (isFallback) return { status: 'fallback' };
  if (!reading) return isShown(snapshot, readFailure) ? failed(snapshot, readFailure.failure) : { status: 'checking' };
  if (read.record && opens(read.record, snapshot.openWhen)) return { status: 'ready', record: read.record };
  if (reading === 'blocked') return { status: 'blocked' };
  if (reading === 'declined') {
    return { status: 'declined', reasons: read.record?.reasons ?? [], canFallback: fallbackAllowed };
  }
  if (isShown(snapshot, readFailure)) return failed(snapshot, readFailure.failure);
  if (reading === 'needsInput') {
    return { status: 'needsInput', links: allowedLinks(read.record?.links ?? [], snapshot.linkHosts) };
  }
  if (reading === 'pending' || reading === 'verified') return waiting(snapshot, 'processing');
  return unregistered(snapshot, reading);
}

/** The reading is `absent` or `expired`, so it depends on the registration. */
function unregistered(snapshot: GateSnapshot, reading: 'absent' | 'expired'): GateState {
  const { registration: last, now, canMint, read, asked, fallbackAllowed, readFailure, recordSeen } = snapshot;
  // Each step has its own time limit, so there is nothing for the user to check again meanwhile.
  if (snapshot.isRegistering) return waiting(snapshot, 'registering', Infinity);
  if (registrationDue(snapshot) <= now) return { status: snapshot.consentNeeded ? 'consent' : 'registering' };
  // A fixed token can't renew an expired record, so this is final.
  if (reading === 'expired' && !canMint && (!last || last.outcome === 'notSent')) {
    return { status: 'expired', canRetry: false, canFallback: fallbackAllowed };
  }
  if (!last) {
    if (recordSeen && reading === 'absent') return waiting(snapshot, 'processing');
    if (readFailure || snapshot.tokenAvailable) return { status: 'registering' };
    return failed(snapshot, tokenSpent);
  }
  // The user asked again, and the read that comes first isn't back yet.
  const isAsking = (asked?.seq ?? 0) > Math.max(last.seq, read?.seq ?? 0);
  switch (last.outcome) {
    case 'accepted': {
      // Coinflow may keep returning the old record while it creates the new one.
      const isOld = reading === 'expired' && !isAsking && now - last.at >= pollingOf(snapshot.polling, 'slowAfterMs');
      if (isOld) return { status: 'expired', canRetry: canMint, canFallback: fallbackAllowed };
      return waiting(snapshot, 'processing');
    }
    case 'refused':
      if (isAsking) return { status: 'checking' };
      // A refusal can mean that the token was redeemed earlier: one read tells.
      if (last.failure?.code === 'tokenRefused' && !isFresh(snapshot)) return waiting(snapshot, 'processing');
      return failed(snapshot, last.failure ?? tokenSpent);
    case 'unknown':
      if (!isAsking && read && read.at >= last.at + graceMs) {
        if (!snapshot.tokenAvailable) return failed(snapshot, tokenSpent);
        if (!triesAgain(last)) return failed(snapshot, last.failure ?? tokenSpent);
      }
      return waiting(snapshot, 'processing');
    case 'notSent':
      if (!last.failure) return waiting(snapshot, 'registering');
      if (isAsking) return { status: 'checking' };
      if (courseOf(last.failure) === 'transient' && now - last.since < failingBeforeShownMs) {
        return { status: 'registering' };
      }
      return failed(snapshot, last.failure);
    default:
      return last.outcome satisfies never;
  }
}

/** Transient failures leave the last screen up for a while; others show at once. */
function isShown({ now }: GateSnapshot, row: RequestFailures | undefined): row is RequestFailures {
  if (!row) return false;
  const isOver = row.count >= failuresBeforeShown || now - row.since >= failingBeforeShownMs;
  return courseOf(row.failure) !== 'transient' || isOver;
}

function waiting(snapshot: GateSnapshot, status: 'registering' | 'processing', longestMs?: number): GateState {
  const { now, polling, registration } = snapshot;
  const since = Math.max(snapshot.waitingSince, registration?.at ?? 0);
  const endsMs = longestMs ?? pollingOf(polling, 'maxWaitMs');
  const waitedMs = now - since;
  if (waitedMs < Math.min(pollingOf(polling, 'slowAfterMs'), endsMs)) return { status };
  return { status: 'delayed', since, exhausted: waitedMs >= endsMs };
}

function failed(snapshot: GateSnapshot, failure: GateFailure): GateState {
  const { code, retryAt = 0 } = failure;
  const isBlocked = readingOf(snapshot.read?.record ?? null) === 'blocked';
  return {
    status: 'failed',
    failure,
    canRetry: failures[code].retry && retryAt <= snapshot.now && (code !== 'tokenRefused' || snapshot.tokenAvailable),
    canFallback: snapshot.fallbackAllowed && leadsToFallback.has(code) && !isBlocked,
  };
}

/**
 * Codes that mean reuse itself has failed, so Coinflow's own verification is the way forward.
 * For all others, trying again is.
 */
const leadsToFallback: ReadonlySet<FailureCode> = new Set([
  'tokenRefused',
  'tokenSpent',
  'tokenUnavailable',
  'noShareableVerification',
]);

/** Times at which the state can change just because time passes. */
function statesChangeAt(snapshot: GateSnapshot): number[] {
  const { readFailure, keyFailure, registration, polling, opened } = snapshot;
  const keyShownAt = keyFailure ? [keyFailure.since + failingBeforeShownMs, keyFailure.failure.retryAt ?? 0] : [];
  if (opened) return keyShownAt;
  const since = Math.max(snapshot.waitingSince, registration?.at ?? 0);
  const slowAfterMs = pollingOf(polling, 'slowAfterMs');
  return [
    ...keyShownAt,
    since + slowAfterMs,
    since + pollingOf(polling, 'maxWaitMs'),
    ...(readFailure ? [readFailure.since + failingBeforeShownMs, readFailure.failure.retryAt ?? 0] : []),
    ...(registration
      ? [registration.since + failingBeforeShownMs, registration.at + slowAfterMs, registration.failure?.retryAt ?? 0]
      : []),
  ];
}
