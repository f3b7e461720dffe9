import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readRecord } from '../../src/client/endpoint';
import { GateError } from '../../src/contract/failures';
import { parseAnswer, type WithdrawerRecord } from '../../src/contract/record';
import { opens, readingOf } from '../../src/gate/reading';
import { nearlyAnswers, nearlyRecords, oddBodies, spoiltBytes } from './answerTexts';
import { recordIn, type ToldRecord } from './recordIn';

/** What the gate makes of a record. */
function taken(record: WithdrawerRecord): ToldRecord {
  const reading = readingOf(record) as ToldRecord['reading'];
  return {
    reading,
    opens: { exists: opens(record, 'exists'), verified: opens(record, 'verified') },
    fields: { ...record },
  };
}

/** What the gate makes of a text of JSON: a record, that there is none yet, or nothing. */
function parsed(httpStatus: number, text: string): ToldRecord | 'absent' | undefined {
  const record = parseAnswer(httpStatus, JSON.parse(text));
  return record === null ? 'absent' : record && taken(record);
}

/** What such a text says. */
function said(httpStatus: number, text: string): ToldRecord | 'absent' | undefined {
  return httpStatus === 200 && saysNull(text) ? 'absent' : recordIn(httpStatus, text);
}

/** Whether `null` stands where the record would: the answer for "no record yet". */
function saysNull(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return false;
    return Object.entries(body).some(([key, value]) => key === 'withdrawer' && value === null);
  } catch {
    return false;
  }
}

/** Counts kinds of cases. */
function createTally() {
  const counts: Record<string, number> = {};
  return { counts, count: (kind: string) => void (counts[kind] = (counts[kind] ?? 0) + 1) };
}

describe('an answer made to be odd', () => {
  const httpStatus = fc.constantFrom(200, 451);

  it('is read as what its JSON says, no more and no less, and opens only with that: 70,000 records with odd values and keys', () => {
    const { counts, count } = createTally();
    fc.assert(
      fc.property(nearlyRecords(), httpStatus, (text, status) => {
        const told = said(status, text);
        count(told === 'absent' ? told : (told?.reading ?? 'none'));
        expectSame(parsed(status, text), told);
      }),
      { numRuns: 70_000 },
    );
    // The cases are worth their number: a good part are records still, of every kind, and a good part are not.
    const { none = 0, absent = 0, ...records } = counts;
    expect(Object.keys(records).sort()).toEqual([
      'blocked',
      'declined',
      'expired',
      'needsInput',
      'pending',
      'verified',
    ]);
    expect(Math.min(...Object.values(records))).toBeGreaterThan(1_400);
    expect(absent).toBeGreaterThan(100);
    expect(70_000 - none).toBeGreaterThan(14_000);
    expect(none).toBeGreaterThan(14_000);
  });

  it('is read as what its JSON says in 10,000 bodies of any shape, too', () => {
    fc.assert(
      fc.property(oddBodies(), httpStatus, (text, status) => expectSame(parsed(status, text), said(status, text))),
      { numRuns: 10_000 },
    );
    expect(parsed(200, '{"withdrawer":{"verification":{"status":"approved"}}}')).toMatchObject({
      opens: { exists: true, verified: true },
    });
  });
});

describe('an answer that was spoilt on its way', () => {
  beforeEach(() => {
    vi.stubGlobal('location', { href: 'https://shop.test/' });
    vi.stubGlobal('navigator', { onLine: true });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
  });

  it('is a coded failure to the browser, or what its JSON says: 20,000 bodies, cut, changed and wrapped', async () => {
    const { counts, count } = createTally();
    const httpStatus = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(200, 451) },
      { weight: 1, arbitrary: fc.constantFrom(202, 400, 401, 403, 404, 429, 500) },
    );
    const pieces = fc.constantFrom(1, 1, 1, 2, 5);
    await fc.assert(
      fc.asyncProperty(spoiltBytes(nearlyAnswers()), httpStatus, pieces, async (bytes, status, pieceCount) => {
        const expected = toldBy(status, bytes);
        count(typeof expected === 'string' ? expected : 'record');
        const read = await readRecord({
          url: new URL('https://shop.test/api/kyc'),
          subject: 'u1',
          request: { fetch: () => Promise.resolve(new Response(inPieces(bytes, pieceCount), { status })) },
        }).then(
          ({ record }) => (record ? taken(record) : 'absent'),
          (error: unknown) => {
            if (!(error instanceof GateError)) throw error;
            return 'failure' as const;
          },
        );
        expectSame(read, expected);
      }),
      { numRuns: 20_000 },
    );
    expect(counts.record).toBeGreaterThan(2_000);
    expect(counts.absent).toBeGreaterThan(100);
    expect(counts.failure).toBeGreaterThan(5_000);
  });
});

/** What an answer to a GET tells by the contract, in the words of its own bytes. */
function toldBy(status: number, bytes: Uint8Array): ToldRecord | 'absent' | 'failure' {
  // A BOM is no part of a text.
  const text = new TextDecoder().decode(bytes);
  if (bytes.length > 256 * 1024) return 'failure';
  if (status === 200 || status === 451) return said(status, text) ?? 'failure';
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'failure';
  }
  if (status === 404) return 'absent';
  const entries = status === 401 && typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const isAbsent = entries.some(
    ([key, value]) =>
      (key === 'message' || key === 'details') && typeof value === 'string' && /no withdrawer associated/i.test(value),
  );
  return isAbsent ? 'absent' : 'failure';
}

function inPieces(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (count === 1) return new Uint8Array(bytes);
  const length = Math.ceil(bytes.length / count) || 1;
  return new ReadableStream({
    start(controller) {
      for (let from = 0; from < bytes.length; from += length) controller.enqueue(bytes.slice(from, from + length));
      controller.close();
    },
  });
}

/** As `toEqual`, which takes minutes for as many cases. */
function expectSame(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`The gate takes it for ${is}, and it is ${should}.`);
}
