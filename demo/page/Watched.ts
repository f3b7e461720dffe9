import type { GateStatus } from 'kyc-reuse-gate';

/** What the gate of a run has told its page. */
export interface Watched {
  /** Id of the run. */
  readonly of: number;
  /** Every status so far, the present one last. */
  readonly path: readonly GateStatus[];
  /** When it opened, wall-clock ms. */
  readonly openedAt: number | null;
}
