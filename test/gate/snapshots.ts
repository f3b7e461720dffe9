import type { FailureCode, GateFailure } from '../../src/contract/failures';
import type { WithdrawerRecord } from '../../src/contract/record';
import type { Ask, GateSnapshot, ReadAnswer, RegistrationResult } from '../../src/gate/snapshot';

/** The moment all snapshots are taken at, ms. */
export const now = 1_000_000;

export const record = (over: Partial<WithdrawerRecord> = {}): WithdrawerRecord => ({
  status: 'approved',
  attested: false,
  moreNeeded: false,
  links: [],
  reasons: [],
  ...over,
});

export const failure = (code: FailureCode, over: Partial<GateFailure> = {}): GateFailure => ({
  code,
  message: code,
  ...over,
});

/** A GET that found this record, one second ago, after everything else unless `seq` says otherwise. */
export const read = (found: WithdrawerRecord | null, over: Partial<ReadAnswer> = {}): ReadAnswer => ({
  record: found,
  seq: 50,
  at: now - 1_000,
  ...over,
});

/** A registration that ended five seconds ago, before the latest read. */
export const registered = (
  outcome: RegistrationResult['outcome'],
  over: Partial<RegistrationResult> = {},
): RegistrationResult => ({
  outcome,
  attempt: 1,
  since: now - 5_000,
  at: now - 5_000,
  seq: 40,
  ...over,
});

/** A gate that has just begun, and asked nothing yet. */
export const snapshot = (over: Partial<GateSnapshot> = {}): GateSnapshot => ({
  now,
  openWhen: 'exists',
  fallbackAllowed: false,
  fallbackChosen: false,
  consentNeeded: false,
  tokenAvailable: true,
  canMint: true,
  polling: {},
  readSince: 1,
  isVisible: true,
  waitingSince: now - 2_000,
  jitter: 0.5,
  // The read, where there is one, was the latest that left.
  lastRead: over.read ?? { seq: 0, at: 0 },
  isReading: false,
  readAllowedAt: 0,
  recordSeen: false,
  hasLooked: false,
  isRegistering: false,
  postAllowedAt: 0,
  keyNeeded: false,
  isFetchingKey: false,
  keyAllowedAt: 0,
  ...over,
});

/** The user's wish to look again, after the registration of {@link registered} and before the read of {@link read}. */
export const asked = (over: Partial<Ask> = {}): Ask => ({ kind: 'retry', seq: 45, at: now, ...over });
