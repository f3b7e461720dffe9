import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbsentBody } from '../../src/contract/absentPattern';
import { formatRecord } from '../../src/contract/formatRecord';
import { parseRecord } from '../../src/contract/parseRecord';
import { parseRetryAfter } from '../../src/contract/parseRetryAfter';
import type { WithdrawerRecord } from '../../src/contract/WithdrawerRecord';
import { readingOf } from '../../src/gate/readingOf';

const approved = { withdrawer: { verification: { status: 'approved' } } };

/** As Coinflow answers, with everything that has no business in a browser. */
const whole = {
  withdrawer: {
    _id: '65f0',
    email: 'avery@example.com',
    wallet: 'acmeʬu1',
    verification: {
      reference: 'vrf',
      status: 'pending',
      vendor: 'persona',
      attested: true,
      shareToken: 'cnst_secret',
      sessionToken: 'st_secret',
    },
    availability: { status: 'Functional', reason: 'note', editor: 'ops' },
    watchlistExempt: 'Passed',
    bankAccounts: [{ token: 'bank_secret' }],
  },
};

describe('parsing an answer about a withdrawer', () => {
  it('keeps what the gate needs and nothing else', () => {
    expect(parseRecord(200, whole)).toEqual({
      status: 'pending',
      attested: true,
      vendor: 'persona',
      availability: 'Functional',
      watchlist: 'Passed',
      moreNeeded: false,
      links: [],
      reasons: [],
    });
  });

  it('takes the verification beside the withdrawer of a 451 before the one inside it, and puts the main link first', () => {
    const body = {
      ...whole,
      verification: { status: 'rejected', attested: false },
      verificationLink: 'https://coinflow.cash/a',
      additionalVerificationLinks: [{ name: 'Proof of address', link: 'https://coinflow.cash/b', sessionToken: 'x' }],
      rejectionReasons: ['blurred', 7],
    };
    expect(parseRecord(451, body)).toMatchObject({
      status: 'rejected',
      moreNeeded: true,
      links: [{ link: 'https://coinflow.cash/a' }, { name: 'Proof of address', link: 'https://coinflow.cash/b' }],
      reasons: ['blurred'],
    });
  });

  it('keeps values nobody has heard of as they come', () => {
    const record = parseRecord(200, {
      withdrawer: { verification: { status: 'awaiting-moon' }, availability: { status: 'Sleeping' } },
    });
    expect(record).toMatchObject({ status: 'awaiting-moon', availability: 'Sleeping' });
    expect(readingOf(record)).toBe('pending');
  });

  it.each([
    ['null', null],
    ['a text', 'approved'],
    ['a list', [approved]],
    ['no withdrawer', { verification: { status: 'approved' } }],
    ['a withdrawer that is a list', { withdrawer: [] }],
    ['a verification that is a text', { withdrawer: { verification: 'approved' } }],
    ['no status', { withdrawer: { verification: { attested: true } } }],
    ['an empty status', { withdrawer: { verification: { status: '' } } }],
    ['a status that is a number', { withdrawer: { verification: { status: 1 } } }],
    ['attested as a text', { withdrawer: { verification: { status: 'pending', attested: 'true' } } }],
    ['availability as a text', { withdrawer: { verification: { status: 'approved' }, availability: 'Blocked' } }],
    ['a watchlist that is a flag', { withdrawer: { verification: { status: 'approved' }, watchlistExempt: true } }],
    ['a link that is a number', { ...approved, verificationLink: 5 }],
    ['links that are no list', { ...approved, additionalVerificationLinks: {} }],
    ['reasons that are no list', { ...approved, rejectionReasons: 'blurred' }],
  ])('refuses %s', (_, body) => {
    expect(() => parseRecord(200, body)).toThrow(TypeError);
  });

  it('is not fooled by a `__proto__` in the body', () => {
    const body: unknown = JSON.parse('{"__proto__":{"withdrawer":{"verification":{"status":"approved"}}}}');
    expect(() => parseRecord(200, body)).toThrow(TypeError);
    const record = parseRecord(
      200,
      JSON.parse('{"withdrawer":{"verification":{"status":"pending","__proto__":{"attested":true}}}}'),
    );
    expect(record.attested).toBe(false);
    expect(({} as Record<string, unknown>).attested).toBeUndefined();
  });
});

describe('formatting a record', () => {
  const record: fc.Arbitrary<WithdrawerRecord> = fc.record({
    status: fc.string({ minLength: 1 }),
    attested: fc.boolean(),
    vendor: fc.option(fc.string(), { nil: undefined }),
    availability: fc.option(fc.string(), { nil: undefined }),
    watchlist: fc.option(fc.string(), { nil: undefined }),
    moreNeeded: fc.boolean(),
    links: fc.array(fc.oneof(fc.record({ link: fc.string() }), fc.record({ name: fc.string(), link: fc.string() })), {
      maxLength: 3,
    }),
    reasons: fc.array(fc.string()),
  });

  it('is the inverse of parsing, through JSON', () => {
    fc.assert(
      fc.property(record, (given) => {
        const { httpStatus, body } = formatRecord(given);
        expect(httpStatus).toBe(given.moreNeeded ? 451 : 200);
        expect(parseRecord(httpStatus, JSON.parse(JSON.stringify(body)))).toEqual(given);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('telling "no record yet" from a bad key', () => {
  it.each([
    [{ message: 'No withdrawer associated with wallet 0x1' }, true],
    [{ details: 'no WITHDRAWER associated with user' }, true],
    [{ message: 'Unauthorized', details: 'No withdrawer associated' }, true],
    [{ message: 'Unauthorized' }, false],
    [{ error: { message: 'No withdrawer associated' } }, false],
    [{ message: ['No withdrawer associated'] }, false],
    ['No withdrawer associated', false],
    [null, false],
    [undefined, false],
  ])('%j → %s', (body, isAbsent) => {
    expect(isAbsentBody(body)).toBe(isAbsent);
  });
});

describe('reading Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['seconds', '4', now + 4_000],
    ['padded seconds', ' 4 ', now + 4_000],
    ['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', now + 30_000],
    ['a date gone by, as now', 'Wed, 31 Dec 2025 23:00:00 GMT', now],
    ['a day, cut to an hour', '86400', now + 3_600_000],
    ['nothing from junk', 'soon', undefined],
    ['nothing from a missing header', null, undefined],
    ['nothing from an empty one', '', undefined],
  ])('gives %s', (_, header, at) => {
    expect(parseRetryAfter(header, now)).toBe(at);
  });
});
