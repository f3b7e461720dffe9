import type { GateStatus } from 'kyc-reuse-gate';

/** What a run has told its page. */
export interface Watched {
  /** Id of the run. */
  readonly of: number;
  /** Every status of the gate so far, the present one last. Empty without the gate. */
  readonly path: readonly GateStatus[];
  /** When the payout form was put into the page, wall-clock ms. */
  readonly openedAt: number | null;
}
