import type { GateStatus } from 'kyc-reuse-gate';

/** Where the gate stays closed and says why. */
const closed: ReadonlySet<GateStatus> = new Set(['needsInput', 'declined', 'expired', 'blocked', 'failed']);

/** The outcome of a run so far, in one sentence. */
export interface Verdict {
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly text: string;
}

interface Moments {
  /** Wall-clock ms, as all of these. */
  readonly clickedAt: number;
  readonly recordAt: number | null;
  readonly formAt: number | null;
  /** What the gate shows; `undefined` without the gate. */
  readonly status: GateStatus | undefined;
  /** Why a record that was there at the click opens nothing; `undefined` where it is good. */
  readonly unfit: string | undefined;
}

/** Compares the two moments that matter: the record came to exist, and the payout form was asked for. */
export function verdictOf({ clickedAt, recordAt, formAt, status, unfit }: Moments): Verdict {
  if (formAt === null) {
    if (status && closed.has(status))
      return { tone: 'neutral', text: 'The gate keeps the payout form closed, and says why.' };
    if (recordAt === null)
      return { tone: 'neutral', text: 'No record at Coinflow yet. The payout form is not in the page.' };
    return { tone: 'neutral', text: 'Coinflow has a record. The payout form has not been asked for.' };
  }
  if (status === 'fallback') return { tone: 'neutral', text: "The user chose Coinflow's own verification." };
  if (recordAt !== null && recordAt <= formAt) {
    if (status === undefined && unfit)
      return { tone: 'bad', text: `There is a record, but ${unfit}. Without the gate the form opens all the same.` };
    const late =
      recordAt <= clickedAt
        ? 'The record was there before the click'
        : `The record came ${seconds(formAt - recordAt)} before the form`;
    return { tone: 'good', text: `${late}: nobody verifies twice.` };
  }
  const early =
    recordAt === null ? 'before there was a record' : `${seconds(recordAt - formAt)} before there was a record`;
  return { tone: 'bad', text: `Too early: the form was asked for ${early}, so the user is asked to verify again.` };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
