import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graceMs } from '../../src/contract/limits';
import { lockWaitMs, registrationDue } from '../../src/gate/registration';
import type { GateSnapshot } from '../../src/gate/snapshot';
import { asked, failure, now, read, record, registered, snapshot } from './snapshots';

const absent = read(null);
const resendPauseMs = 20_000;

describe('when a share token may be registered', () => {
  const due: [string, Partial<GateSnapshot>, number][] = [
    ['at once where a read found no record', { read: absent }, now],
    [
      'at once where the record has expired and a token can be minted',
      { read: read(record({ status: 'expired' })) },
      now,
    ],
    ['not before anything was read', {}, Infinity],
    ['not where a record was found', { read: read(record({ status: 'pending' })) }, Infinity],
    ['not where the record is rejected', { read: read(record({ status: 'rejected' })) }, Infinity],
    [
      'not where the expired record cannot be renewed',
      { read: read(record({ status: 'expired' })), canMint: false },
      Infinity,
    ],
    [
      'not while the latest read has failed',
      { read: absent, readFailure: { failure: failure('server'), count: 1, since: now, at: now } },
      Infinity,
    ],
    ['not while one is out', { read: absent, isRegistering: true }, Infinity],
    ['not once the form is open', { read: absent, opened: record() }, Infinity],
    ['not once the user chose the fallback', { read: absent, fallbackChosen: true }, Infinity],
    ['not where the only token is spent', { read: absent, tokenAvailable: false }, Infinity],
    ['not after it was accepted', { read: absent, registration: registered('accepted') }, Infinity],
    [
      'not on a click soon after it was accepted',
      { read: absent, registration: registered('accepted'), asked: asked({ seq: 45, at: now }) },
      Infinity,
    ],
    [
      'on a click, where an accepted token never led to a record by the deadline',
      { read: absent, registration: registered('accepted', { at: now - 300_000 }), asked: asked({ seq: 45, at: now }) },
      now,
    ],
    [
      'not on a click while Coinflow may still show the old record',
      {
        read: read(record({ status: 'expired' })),
        registration: registered('accepted'),
        asked: asked({ seq: 45, at: now }),
      },
      Infinity,
    ],
    [
      'on a click, where the old record is still shown long after',
      {
        read: read(record({ status: 'expired' })),
        registration: registered('accepted', { at: now - 15_000 }),
        asked: asked({ seq: 45, at: now }),
      },
      now,
    ],
    [
      'not on a click made before the user was told of it',
      {
        read: read(record({ status: 'expired' })),
        registration: registered('accepted', { at: now - 60_000 }),
        asked: asked({ seq: 45, at: now - 59_000 }),
      },
      Infinity,
    ],
    ['not where a usable record was seen before and is not found now', { read: absent, recordSeen: true }, Infinity],
    [
      'at once where a usable record was seen before and has expired',
      { read: read(record({ status: 'expired' })), recordSeen: true },
      now,
    ],
    [
      'not by itself after a refusal',
      { read: absent, registration: registered('refused', { failure: failure('tokenRefused') }) },
      Infinity,
    ],
    [
      'on a click after a refusal, once a read has followed the click',
      {
        read: absent,
        registration: registered('refused', { failure: failure('tokenRefused') }),
        asked: asked({ seq: 45 }),
      },
      now,
    ],
    [
      'not on "check again" after a refusal, which only looks',
      {
        read: absent,
        registration: registered('refused', { failure: failure('tokenRefused') }),
        asked: asked({ kind: 'recheck' }),
      },
      Infinity,
    ],
    [
      'on "check again", where an accepted token never led to a record by the deadline',
      {
        read: absent,
        registration: registered('accepted', { at: now - 300_000 }),
        asked: asked({ kind: 'recheck' }),
      },
      now,
    ],
    [
      'not on "check again" where an expired record was renewed',
      {
        read: read(record({ status: 'expired' })),
        registration: registered('accepted', { at: now - 60_000 }),
        asked: asked({ kind: 'recheck' }),
      },
      Infinity,
    ],
    [
      'not on a click that no read has followed yet',
      {
        read: absent,
        registration: registered('refused', { failure: failure('tokenRefused') }),
        asked: asked({ seq: 60 }),
      },
      Infinity,
    ],
    [
      'not on a read older than the last registration',
      { read: read(null, { seq: 30 }), registration: registered('notSent', { failure: failure('server') }) },
      Infinity,
    ],
    [
      'not within the grace period after a lost answer',
      { read: absent, registration: registered('unknown') },
      Infinity,
    ],
    [
      'after the grace period of a lost answer',
      { read: read(null, { at: now }), registration: registered('unknown', { at: now - graceMs }) },
      now,
    ],
    [
      'not before the Retry-After of an answer that left open what became of the token',
      {
        read: read(null, { at: now }),
        registration: registered('unknown', {
          at: now - graceMs,
          failure: failure('server', { retryAt: now + 7_000 }),
        }),
        asked: asked({ seq: 45 }),
      },
      now + 7_000,
    ],
    [
      'not by itself after three lost answers',
      { read: read(null, { at: now }), registration: registered('unknown', { at: now - graceMs, attempt: 3 }) },
      Infinity,
    ],
    ...(['unknown', 'notSent'] as const).map((outcome): [string, Partial<GateSnapshot>, number] => [
      `not by itself before the limit of POSTs allows it (${outcome})`,
      {
        read: read(null, { at: now }),
        registration: registered(outcome, { at: now - 30_000, failure: failure('server') }),
        postAllowedAt: now + 9_000,
      },
      now + 9_000,
    ]),
    [
      'not before the limit of POSTs allows it where another tab had the lock',
      { read: absent, registration: registered('notSent', { at: now - lockWaitMs }), postAllowedAt: now + 9_000 },
      now + 9_000,
    ],
    [
      'on a click, whatever was sent before',
      {
        read: absent,
        registration: registered('notSent', {
          at: now - 30_000,
          failure: failure('server', { retryAt: now - 1_000 }),
        }),
        asked: asked({ seq: 45 }),
        postAllowedAt: now + 9_000,
      },
      now,
    ],
    [
      'when Retry-After says',
      {
        read: absent,
        registration: registered('notSent', { failure: failure('rateLimited', { retryAt: now + 7_000 }) }),
      },
      now + 7_000,
    ],
    [
      'never at once after a limit, whatever its Retry-After says',
      {
        read: absent,
        registration: registered('notSent', { at: now, failure: failure('rateLimited', { retryAt: now }) }),
      },
      now + 2_000,
    ],
    [
      'later and later where a limit goes on without a wait',
      {
        read: absent,
        registration: registered('notSent', { at: now, attempt: 9, failure: failure('rateLimited', { retryAt: now }) }),
      },
      now + resendPauseMs,
    ],
    [
      'not before Retry-After, even on a click',
      {
        read: absent,
        registration: registered('notSent', { failure: failure('rateLimited', { retryAt: now + 7_000 }) }),
        asked: asked({ seq: 45 }),
      },
      now + 7_000,
    ],
    [
      'after a pause where a transient failure kept it from being sent',
      { read: absent, registration: registered('notSent', { failure: failure('server'), at: now }) },
      now + resendPauseMs,
    ],
    [
      'later where another tab held the lock',
      { read: absent, registration: registered('notSent', { at: now }) },
      now + lockWaitMs,
    ],
    [
      'not by itself where nobody is signed in',
      { read: absent, registration: registered('notSent', { failure: failure('unauthenticated') }) },
      Infinity,
    ],
  ];
  it.each(due)('%s', (_, known, at) => {
    expect(registrationDue(snapshot(known))).toBe(at);
  });

  it('is never due unless the latest read came after the last registration and the last click, and found nothing usable', () => {
    const seq = fc.integer({ min: 1, max: 9 });
    const time = fc.integer({ min: now - 400_000, max: now });
    const outcome = fc.constantFrom('accepted', 'notSent', 'unknown', 'refused' as const);
    const known = fc.record({
      read: fc.option(
        fc.record({ found: fc.constantFrom(null, 'pending', 'approved', 'expired', 'rejected'), seq, at: time }),
        { nil: undefined },
      ),
      last: fc.option(
        fc.record({
          outcome,
          seq,
          at: time,
          attempt: fc.integer({ min: 1, max: 4 }),
          retryAt: fc.option(time, { nil: undefined }),
        }),
        { nil: undefined },
      ),
      askedSeq: fc.integer({ min: 0, max: 9 }),
      tokenAvailable: fc.boolean(),
      canMint: fc.boolean(),
    });
    fc.assert(
      fc.property(known, ({ read: got, last, askedSeq, tokenAvailable, canMint }) => {
        const at = registrationDue(
          snapshot({
            ...(askedSeq > 0 && { asked: asked({ seq: askedSeq }) }),
            tokenAvailable,
            canMint,
            read: got && read(got.found === null ? null : record({ status: got.found }), { seq: got.seq, at: got.at }),
            registration:
              last &&
              registered(last.outcome, {
                seq: last.seq,
                at: last.at,
                attempt: last.attempt,
                ...(last.outcome === 'notSent' && {
                  failure: failure('rateLimited', last.retryAt === undefined ? {} : { retryAt: last.retryAt }),
                }),
              }),
          }),
        );
        if (at > now) return;
        expect(tokenAvailable).toBe(true);
        expect(got?.found === null || got?.found === 'expired').toBe(true);
        if (last) {
          expect(got?.seq ?? 0).toBeGreaterThanOrEqual(last.seq);
          expect(got?.seq ?? 0).toBeGreaterThanOrEqual(askedSeq);
          if (last.outcome === 'unknown') expect((got?.at ?? 0) - last.at).toBeGreaterThanOrEqual(graceMs);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
