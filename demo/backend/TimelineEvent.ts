/** One thing that happened during a visit. Never holds a key, a token or a body. */
export interface TimelineEvent {
  /** Wall clock, ms. */
  readonly at: number;
  readonly from: 'browser' | 'merchant';
  readonly to: 'merchant' | 'Persona' | 'Sumsub' | 'Coinflow' | 'payout page';
  readonly what: string;
  readonly status: number;
  /** The moment the record came to exist, or the payout form was asked for, with or without a record. */
  readonly mark?: 'record' | 'form' | 'tooEarly';
}
