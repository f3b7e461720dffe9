import type { FailureCode, GateFailure } from '../../src/contract/failures';
import type { WithdrawerRecord } from '../../src/contract/WithdrawerRecord';
import type { GateSnapshot, ReadAnswer, RegistrationResult } from '../../src/gate/GateSnapshot';
import { defaultLinkHosts } from '../../src/gate/allowedLinks';
import { defaultPolling } from '../../src/gate/timing';

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
  arrivedSeq: 51,
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
  linkHosts: defaultLinkHosts,
  slowAfterMs: defaultPolling.slowAfterMs,
  maxWaitMs: defaultPolling.maxWaitMs,
  waitingSince: now - 2_000,
  askedSeq: 0,
  askedAt: 0,
  registering: false,
  ...over,
});
