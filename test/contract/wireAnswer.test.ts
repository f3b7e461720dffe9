import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswer, type WithdrawerRecord } from '../../src/contract/record';
import { formatRecord } from '../../src/contract/wireAnswer';

describe('formatting a record', () => {
  const link = fc.record({ name: fc.string(), link: fc.string() }, { requiredKeys: ['link'], noNullPrototype: true });
  const record: fc.Arbitrary<WithdrawerRecord> = fc.record(
    {
      status: fc.string({ minLength: 1 }),
      attested: fc.boolean(),
      vendor: fc.string(),
      availability: fc.string(),
      watchlist: fc.string(),
      moreNeeded: fc.boolean(),
      links: fc.array(link, { maxLength: 3 }),
      reasons: fc.array(fc.string()),
    },
    { requiredKeys: ['status', 'attested', 'moreNeeded', 'links', 'reasons'], noNullPrototype: true },
  );

  it('is the inverse of parsing, through JSON', () => {
    fc.assert(
      fc.property(record, fc.boolean(), (given, confirmed) => {
        const { httpStatus, body } = formatRecord(given, confirmed);
        expect(httpStatus).toBe(given.moreNeeded ? 451 : 200);
        expect(parseAnswer(httpStatus, JSON.parse(JSON.stringify(body)))).toStrictEqual(given);
      }),
      { numRuns: 1_000 },
    );
  });

  it('says "no record yet" with a 200, which no console shows in red and no CDN makes a page of', () => {
    expect(formatRecord(null)).toStrictEqual({ httpStatus: 200, body: { withdrawer: null } });
  });

  it('says that Get Withdrawer has told it, where it is so, and only there', () => {
    const verification = { status: 'approved', attested: false };
    const given = { ...verification, moreNeeded: false, links: [], reasons: [] };
    expect(formatRecord(given, true).body).toStrictEqual({ withdrawer: { verification }, confirmed: true });
    expect(formatRecord(given).body).toStrictEqual({ withdrawer: { verification } });
    expect(formatRecord(null, true).body).toStrictEqual({ withdrawer: null, confirmed: true });
  });
});
