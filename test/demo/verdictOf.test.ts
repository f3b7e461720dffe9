import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../demo/page/verdictOf';

const click = 1_000;
const run = { clickedAt: click, recordAt: null, formAt: null, status: undefined, unfit: undefined } as const;

describe("the demo's verdict on a run", () => {
  it.each([
    [
      'nothing has come of it yet',
      { status: 'processing' },
      'neutral',
      'No record at Coinflow yet. The payout form is not in the page.',
    ],
    [
      'the record is there, and the form not yet',
      { status: 'processing', recordAt: 2_000 },
      'neutral',
      'Coinflow has a record. The payout form has not been asked for.',
    ],
    [
      'the form came after the record',
      { status: 'ready', recordAt: 2_000, formAt: 2_500 },
      'good',
      'The record came 0.50 s before the form: nobody verifies twice.',
    ],
    [
      'the record was there before',
      { status: 'ready', recordAt: 900, formAt: 2_500 },
      'good',
      'The record was there before the click: nobody verifies twice.',
    ],
    [
      'the gate stays closed',
      { status: 'declined', recordAt: 900 },
      'neutral',
      'The gate keeps the payout form closed, and says why.',
    ],
    ['the user chose', { status: 'fallback', formAt: 2_500 }, 'neutral', "The user chose Coinflow's own verification."],
    [
      'the form came first, and no record so far',
      { formAt: 1_200 },
      'bad',
      'Too early: the form was asked for before there was a record, so the user is asked to verify again.',
    ],
    [
      'the form came first',
      { formAt: 1_200, recordAt: 3_000 },
      'bad',
      'Too early: the form was asked for 1.80 s before there was a record, so the user is asked to verify again.',
    ],
    [
      'a form nobody held back came over a bad record',
      { formAt: 1_200, recordAt: 900, unfit: 'it has expired' },
      'bad',
      'There is a record, but it has expired. Without the gate the form opens all the same.',
    ],
    [
      'the gate had a bad record renewed',
      { status: 'ready', formAt: 4_000, recordAt: 3_000, unfit: 'it has expired' },
      'good',
      'The record came 1.00 s before the form: nobody verifies twice.',
    ],
  ] as const)('where %s', (_, moments, tone, text) => {
    expect(verdictOf({ ...run, ...moments })).toEqual({ tone, text });
  });
});
