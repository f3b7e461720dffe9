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
  readonly status: string | undefined;
}

/** Compares the two moments that matter: the record came to exist, and the payout form was asked for. */
export function verdictOf({ clickedAt, recordAt, formAt, status }: Moments): Verdict {
  if (formAt === null) {
    if (recordAt === null) return { tone: 'neutral', text: 'No record at Coinflow yet. The payout form is not in the page.' };
    return { tone: 'neutral', text: 'Coinflow has a record. The payout form has not been asked for.' };
  }
  if (status === 'fallback') return { tone: 'neutral', text: "The user chose Coinflow's own verification." };
  if (recordAt !== null && recordAt <= formAt) {
    const late = recordAt <= clickedAt ? 'The record was there before the click' : `The record came ${seconds(formAt - recordAt)} before the form`;
    return { tone: 'good', text: `${late}: nobody verifies twice.` };
  }
  const early = recordAt === null ? 'before there was a record' : `${seconds(recordAt - formAt)} before there was a record`;
  return { tone: 'bad', text: `Too early: the form was asked for ${early}, so the user is asked to verify again.` };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
