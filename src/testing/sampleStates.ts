import type { WithdrawerRecord } from '../contract/record';
import type { GateState, GateStatus } from '../gate/GateState';

/** The record of an approved user. */
export const sampleRecord: WithdrawerRecord = {
  status: 'approved',
  attested: false,
  vendor: 'persona',
  availability: 'Functional',
  moreNeeded: false,
  links: [],
  reasons: [],
};

/** One sample of each state, for stories and tests. A new arm without a sample doesn't compile. */
export const sampleStates: { readonly [Status in GateStatus]: Extract<GateState, { status: Status }> } = {
  consent: { status: 'consent' },
  checking: { status: 'checking' },
  registering: { status: 'registering' },
  processing: { status: 'processing' },
  needsInput: { status: 'needsInput', links: [{ link: 'https://sandbox.coinflow.cash/verify/sample' }] },
  declined: { status: 'declined', reasons: ['Document is not readable'], canFallback: true },
  expired: { status: 'expired', canRetry: false, canFallback: true },
  blocked: { status: 'blocked' },
  delayed: { status: 'delayed', since: Date.now() - 20_000, exhausted: false },
  fallback: { status: 'fallback' },
  failed: {
    status: 'failed',
    failure: { code: 'tokenRefused', message: 'POST was answered with 400 (tokenRefused).', httpStatus: 400 },
    canRetry: true,
    canFallback: true,
  },
  ready: { status: 'ready', record: sampleRecord },
};
