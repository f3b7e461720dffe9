import { describe, expect, it } from 'vitest';
import { parseAnswer, saysAbsent } from '../../src/contract/record';
import { readingOf } from '../../src/gate/reading';

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
    expect(parseAnswer(200, whole)).toEqual({
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
    expect(parseAnswer(451, body)).toMatchObject({
      status: 'rejected',
      moreNeeded: true,
      links: [{ link: 'https://coinflow.cash/a' }, { name: 'Proof of address', link: 'https://coinflow.cash/b' }],
      reasons: ['blurred'],
    });
  });

  it('gives no key without a value, which frameworks refuse to hand to a page', () => {
    const record = parseAnswer(200, { withdrawer: { verification: { status: 'approved', vendor: null } } });
    expect(Object.keys(record ?? {})).toEqual(['status', 'attested', 'moreNeeded', 'links', 'reasons']);
  });

  it('keeps values nobody has heard of as they come', () => {
    const record = parseAnswer(200, {
      withdrawer: { verification: { status: 'awaiting-moon' }, availability: { status: 'Sleeping' } },
    });
    expect(record).toMatchObject({ status: 'awaiting-moon', availability: 'Sleeping' });
    expect(record && readingOf(record)).toBe('pending');
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
    expect(parseAnswer(200, body)).toBeUndefined();
  });

  it('is not fooled by a `__proto__` in the body', () => {
    const body: unknown = JSON.parse('{"__proto__":{"withdrawer":{"verification":{"status":"approved"}}}}');
    expect(parseAnswer(200, body)).toBeUndefined();
    const record = parseAnswer(
      200,
      JSON.parse('{"withdrawer":{"verification":{"status":"pending","__proto__":{"attested":true}}}}'),
    );
    expect(record).toMatchObject({ attested: false });
    expect(({} as Record<string, unknown>).attested).toBeUndefined();
  });
});

const said = { message: 'No withdrawer associated with wallet 0x1' };

describe('telling "no record yet" from everything else', () => {
  it.each<[string, number, unknown, null | undefined]>([
    ['a 200 with null, the kit’s', 200, { withdrawer: null }, null],
    ['a 200 with null, confirmed', 200, { withdrawer: null, confirmed: true }, null],
    ['a 401 that says so, Coinflow’s', 401, said, null],
    ['a 401 that says so in `details`', 401, { details: 'no WITHDRAWER associated with user' }, null],
    ['a 404 with JSON, a proxy’s', 404, {}, null],
    ['a 404 with JSON null', 404, null, null],
    ['a 401 that says something else', 401, { message: 'Unauthorized' }, undefined],
    ['a 401 with nothing', 401, undefined, undefined],
    ['a 404 that is a page', 404, undefined, undefined],
    ['a 403 that says so', 403, said, undefined],
    ['a 500 that says so', 500, said, undefined],
    ['a 200 that says so', 200, said, undefined],
    ['a 200 with nothing', 200, undefined, undefined],
    ['a 200 with JSON null', 200, null, undefined],
    ['a 200 without `withdrawer`', 200, {}, undefined],
    ['a 451 with null', 451, { withdrawer: null }, undefined],
    ['a 201 with null', 201, { withdrawer: null }, undefined],
  ])('%s', (_, httpStatus, body, answer) => {
    expect(parseAnswer(httpStatus, body)).toBe(answer);
  });

  it.each([
    [said, true],
    [{ details: 'no WITHDRAWER associated with user' }, true],
    [{ message: 'Unauthorized', details: 'No withdrawer associated' }, true],
    [{ message: 'Unauthorized' }, false],
    [{ error: { message: 'No withdrawer associated' } }, false],
    [{ message: ['No withdrawer associated'] }, false],
    ['No withdrawer associated', false],
    [null, false],
    [undefined, false],
  ])('in Coinflow’s own words, %j → %s, under its own 401 and under a proxy’s 404', (body, isAbsent) => {
    expect([401, 404].map((httpStatus) => saysAbsent(httpStatus, body))).toEqual([isAbsent, isAbsent]);
    expect(saysAbsent(400, body)).toBe(false);
  });
});
