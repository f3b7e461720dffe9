import { describe, expect, it } from 'vitest';
import type { GateState } from '../../src/gate/GateState';
import { readDue } from '../../src/gate/polling';
import type { GateSnapshot } from '../../src/gate/snapshot';
import { sampleStates } from '../../src/testing';
import { failure, now, read, registered, snapshot } from './snapshots';

/** How long after the latest read, which has just been answered, the next one is due. */
const delay = (state: GateState, known: Partial<GateSnapshot> = {}) =>
  readDue(snapshot({ read: read(null, { at: now }), ...known }), state) - now;
const waited = (ms: number, over: Partial<GateSnapshot> = {}) => ({ waitingSince: now - ms, ...over });

describe('how long to wait before the next read', () => {
  it('is 700 ms for two seconds, then grows with the square root of the time waited, up to ten seconds', () => {
    const waits = [0, 1_900, 4_000, 9_000, 16_000, 60_000].map((ms) => delay(sampleStates.processing, waited(ms)));
    expect(waits).toEqual([700, 700, 2_400, 3_600, 4_800, 9_295]);
  });

  it('is jittered by a fifth either way', () => {
    const waits = [0, 1].map((jitter) => delay(sampleStates.processing, waited(60_000, { jitter })));
    expect(waits).toEqual([7_436, 11_154]);
  });

  it('counts from when the POST left, since a backend that holds its answer reads in the gate’s place', () => {
    const registration = registered('accepted', { sentAt: now - 8_000 });
    expect(delay(sampleStates.processing, waited(20_000, { registration }))).toBe(Math.round(1_200 * Math.sqrt(8)));
  });

  it('wants at most 9 reads in 10 s at its quickest, of which the page’s limit of 8 puts off one', () => {
    // The look before the registration, and the read that follows it.
    const reads = [-1_000, 0];
    for (let at = 0; at < 60_000;) {
      at += delay(sampleStates.processing, waited(at, { jitter: 0 }));
      reads.push(at);
    }
    const most = Math.max(...reads.map((from) => reads.filter((at) => at >= from && at < from + 10_000).length));
    expect(most).toBeLessThanOrEqual(9);
  });

  it('never falls below 700 ms, whatever `polling` says', () => {
    expect(delay(sampleStates.processing, waited(0, { polling: { pollMs: 1, maxPollMs: 1 } }))).toBe(700);
  });

  it('takes the default for a number that is none', () => {
    expect(delay(sampleStates.processing, waited(0, { polling: { pollMs: NaN, maxPollMs: NaN } }))).toBe(700);
  });

  it('waits until reads are allowed again', () => {
    const readFailure = { failure: failure('rateLimited', { retryAt: now + 30_000 }), count: 1, since: now, at: now };
    expect(delay(sampleStates.processing, { readFailure, readAllowedAt: now + 30_000 })).toBe(30_000);
  });

  it.each(['consent', 'declined', 'expired', 'blocked', 'fallback', 'ready'] as const)(
    'polls no more in %s',
    (status) => {
      expect(delay(sampleStates[status])).toBe(Infinity);
    },
  );

  it('polls no more once the deadline has come, nor where nobody is signed in, but goes on behind a transient failure', () => {
    const failed = { status: 'failed', canRetry: true, canFallback: false } as const;
    expect(delay({ status: 'delayed', since: now - 300_000, exhausted: true })).toBe(Infinity);
    expect(delay({ ...failed, failure: failure('unauthenticated') })).toBe(Infinity);
    expect(delay({ ...failed, failure: failure('server') })).toBe(10_000);
  });

  it('is the longest while a registration is out, also where another tab makes it, so that tabs share the limit', () => {
    expect(delay(sampleStates.registering, { isRegistering: true })).toBe(10_000);
  });

  it('asks nothing while the page is hidden, and at once when it comes back', () => {
    expect(delay(sampleStates.processing, { isVisible: false })).toBe(Infinity);
    expect(delay(sampleStates.processing, { readSince: 60 })).toBe(0);
  });

  it('goes on by a clock that was set back', () => {
    const lastRead = { seq: 50, at: now + 600_000 };
    expect(delay(sampleStates.processing, { lastRead })).toBe(0);
    expect(delay(sampleStates.blocked, { lastRead })).toBe(Infinity);
  });
});
