import { explain } from '../src/contract/explain';
import { type FailureCode, failures } from '../src/contract/failures';
import { decide } from '../src/gate/decide';
import type { GateState } from '../src/gate/GateState';
import { failure, now, snapshot } from '../test/gate/snapshots';

/** One `failed` state per row of the failures table, with what the gate itself would offer where the merchant allows Coinflow's own verification. */
export const failedStates = Object.fromEntries(
  Object.entries(failures).map(([code, { httpStatus }]) => [
    code,
    decide(
      snapshot({
        fallbackAllowed: true,
        formFailure: failure(code as FailureCode, {
          message: explain('answered', `GET /api/kyc with ${httpStatus ?? 'nothing'}`),
          ...(httpStatus !== null && { httpStatus }),
          ...(code === 'rateLimited' && { retryAt: now + 30_000 }),
        }),
      }),
    ).state,
  ]),
) as Record<FailureCode, GateState>;
