import { graceMs } from '../../src/contract/graceMs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedLinks, defaultLinkHosts } from '../../src/gate/allowedLinks';
import type { GateSnapshot } from '../../src/gate/GateSnapshot';
import type { GateState } from '../../src/gate/GateState';
import { keepBlock } from '../../src/gate/keepBlock';
import { pollDelay } from '../../src/gate/pollDelay';
import { readingOf } from '../../src/gate/readingOf';
import { registrationDue } from '../../src/gate/registrationDue';
import { lockWaitMs, resendPauseMs } from '../../src/gate/timing';
import { wakeAt } from '../../src/gate/wakeAt';
import { sampleStates } from '../../src/testing';
import { failure, now, read, record, registered, snapshot } from './snapshots';

const absent = read(null);

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
    ['not while one is out', { read: absent, registering: true }, Infinity],
    ['not once the form is open', { read: absent, opened: record() }, Infinity],
    ['not once the user chose the fallback', { read: absent, fallbackChosen: true }, Infinity],
    ['not where the only token is spent', { read: absent, tokenAvailable: false }, Infinity],
    ['not after it was accepted', { read: absent, registration: registered('accepted') }, Infinity],
    [
      'not on a click soon after it was accepted',
      { read: absent, registration: registered('accepted'), askedSeq: 45, askedAt: now },
      Infinity,
    ],
    [
      'on a click, where an accepted token never led to a record by the deadline',
      { read: absent, registration: registered('accepted', { at: now - 300_000 }), askedSeq: 45, askedAt: now },
      now,
    ],
    [
      'not on a click while Coinflow may still show the old record',
      { read: read(record({ status: 'expired' })), registration: registered('accepted'), askedSeq: 45, askedAt: now },
      Infinity,
    ],
    [
      'on a click, where the old record is still shown long after',
      {
        read: read(record({ status: 'expired' })),
        registration: registered('accepted', { at: now - 15_000 }),
        askedSeq: 45,
        askedAt: now,
      },
      now,
    ],
    [
      'not on a click made before the user was told of it',
      {
        read: read(record({ status: 'expired' })),
        registration: registered('accepted', { at: now - 60_000 }),
        askedSeq: 45,
        askedAt: now - 59_000,
      },
      Infinity,
    ],
    [
      'not by itself after a refusal',
      { read: absent, registration: registered('refused', { failure: failure('tokenRefused') }) },
      Infinity,
    ],
    [
      'on a click after a refusal, once a read has followed the click',
      { read: absent, registration: registered('refused', { failure: failure('tokenRefused') }), askedSeq: 45 },
      now,
    ],
    [
      'not on a click that no read has followed yet',
      { read: absent, registration: registered('refused', { failure: failure('tokenRefused') }), askedSeq: 60 },
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
        askedSeq: 45,
      },
      now + 7_000,
    ],
    [
      'not by itself after three lost answers',
      { read: read(null, { at: now }), registration: registered('unknown', { at: now - graceMs, attempt: 3 }) },
      Infinity,
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
        askedSeq: 45,
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
    const outcome = fc.constantFrom('accepted', 'present', 'notSent', 'unknown', 'refused' as const);
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
            askedSeq,
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

describe('how long to wait before the next read', () => {
  const delay = (state: GateState, known: Partial<GateSnapshot> = {}, polls = 0, jitter = 0.5, polling = {}) =>
    pollDelay(state, snapshot(known), polling, polls, jitter);

  it('grows by half from one second to five, while waiting', () => {
    expect([0, 1, 2, 3, 4, 5].map((polls) => delay(sampleStates.processing, {}, polls))).toEqual([
      1_000, 1_500, 2_250, 3_375, 5_000, 5_000,
    ]);
  });

  it('is jittered by a fifth either way', () => {
    expect([delay(sampleStates.processing, {}, 4, 0), delay(sampleStates.processing, {}, 4, 1)]).toEqual([
      4_000, 6_000,
    ]);
  });

  it('never falls below 800 ms, whatever `polling` says, so that Coinflow’s NotFound limit holds', () => {
    expect(delay(sampleStates.processing, {}, 0, 0, { pollMs: 1, maxPollMs: 1 })).toBe(800);
    // A read, and two around a registration, then these: no more than 10 within 10 s.
    const waits = Array.from({ length: 7 }, (_, polls) =>
      delay(sampleStates.processing, {}, polls, 0, { pollMs: 1, maxPollMs: 1 }),
    );
    expect(waits.reduce<number>((sum, wait) => sum + Number(wait), 0)).toBeGreaterThanOrEqual(9_000);
  });

  it('takes the default for a number that is none', () => {
    expect(delay(sampleStates.processing, {}, 0, 0.5, { pollMs: Number.NaN, maxPollMs: Number.NaN })).toBe(1_000);
  });

  it('waits as long as Retry-After asks for', () => {
    const readFailure = { failure: failure('rateLimited', { retryAt: now + 30_000 }), count: 1, since: now, at: now };
    expect(delay(sampleStates.processing, { readFailure })).toBe(30_000);
  });

  it.each(['consent', 'declined', 'expired', 'blocked', 'fallback', 'ready'] as const)(
    'polls no more in %s',
    (status) => {
      expect(delay(sampleStates[status])).toBe(false);
    },
  );

  it('polls no more once the deadline has come, nor where nobody is signed in, but goes on behind a transient failure', () => {
    expect(delay({ status: 'delayed', since: now - 300_000, exhausted: true })).toBe(false);
    expect(delay({ status: 'failed', failure: failure('unauthenticated'), canRetry: true, canFallback: false })).toBe(
      false,
    );
    expect(delay({ status: 'failed', failure: failure('server'), canRetry: true, canFallback: false })).toBe(10_000);
  });

  it('is the longest while a registration is out, whose answer asks for a read itself, unless another tab gets it', () => {
    expect(delay(sampleStates.registering, { registering: true })).toBe(5_000);
    expect(delay(sampleStates.registering, { registering: true }, 0, 0, { pollMs: 1, maxPollMs: 1 })).toBe(800);
  });
});

describe('the next moment at which time alone can change the state', () => {
  it('is when waiting becomes long, then when the deadline comes, then never', () => {
    expect(wakeAt(snapshot({ waitingSince: now }))).toBe(now + 15_000);
    expect(wakeAt(snapshot({ waitingSince: now - 20_000 }))).toBe(now + 280_000);
    expect(wakeAt(snapshot({ waitingSince: now - 400_000 }))).toBe(Infinity);
  });

  it('is never, once the form is open', () => {
    expect(wakeAt(snapshot({ opened: record() }))).toBe(Infinity);
  });

  it('is the end of Retry-After where a registration waits for it', () => {
    const registration = registered('notSent', { failure: failure('rateLimited', { retryAt: now + 3_000 }) });
    expect(wakeAt(snapshot({ read: absent, registration }))).toBe(now + 3_000);
    // Nothing goes out by itself then; but the user is offered to try again.
    const lost = registered('unknown', { attempt: 3, failure: failure('server', { retryAt: now + 3_000 }) });
    expect(wakeAt(snapshot({ read: absent, registration: lost }))).toBe(now + 3_000);
  });
});

describe('what a record means', () => {
  it.each([
    ['blocked', record({ availability: 'Blocked', status: 'rejected', attested: true })],
    ['blocked', record({ watchlist: 'Blocked' })],
    ['declined', record({ status: 'rejected', attested: true, moreNeeded: true, links: [{ link: 'x' }] })],
    ['expired', record({ status: 'expired', attested: true })],
    ['needsInput', record({ status: 'approved', moreNeeded: true, links: [{ link: 'x' }] })],
    ['needsInput', record({ status: 'partial-approval', attested: true })],
    ['verified', record({ status: 'approved' })],
    ['verified', record({ status: 'pending', attested: true })],
    ['pending', record({ status: 'pending', moreNeeded: true })],
    ['pending', record({ status: 'Approved' })],
    ['absent', null],
  ] as const)('%s: %j', (reading, given) => {
    expect(readingOf(given)).toBe(reading);
  });

  it('stays blocked where a later answer leaves the field out, and is cleared by another value only', () => {
    const blocked = record({ availability: 'Blocked', watchlist: 'Passed' });
    expect(readingOf(keepBlock(blocked, record()))).toBe('blocked');
    expect(readingOf(keepBlock(blocked, record({ availability: 'Functional' })))).toBe('verified');
  });
});

describe('links a user may be sent to', () => {
  it.each([
    ['https://coinflow.cash/verify', true],
    ['https://sandbox.coinflow.cash/verify?a=1', true],
    ['https://eu.withpersona.com/x', true],
    ['http://coinflow.cash/verify', false],
    ['https://evilcoinflow.cash/', false],
    ['https://coinflow.cash.evil.test/', false],
    ['https://coinflow.cash@evil.test/', false],
    ['https://user@coinflow.cash/', false],
    ['https://coinflow.cash:8443/', false],
    ['javascript:alert(1)', false],
    ['/verify', false],
    ['', false],
  ])('%s: %s', (link, isAllowed) => {
    expect(allowedLinks([{ link }], defaultLinkHosts)).toHaveLength(isAllowed ? 1 : 0);
  });
});
