// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { createSessionKey } from '../../src/client/sessionKey';
import { noteAnswer, roomOf } from '../../src/client/subject';
import { GateError } from '../../src/contract/failures';
import { manualBackend, redirect, settle } from './manualBackend';
import { withVirtualTime } from './openGate';

withVirtualTime();

const minute = 60_000;

/** A gate's key over a backend that the test answers. */
function openKey(early?: Promise<string>) {
  const backend = manualBackend();
  const room = roomOf(backend.target);
  const onChange = vi.fn();
  const key = createSessionKey(room, () => backend.target, onChange, early);
  const give = async (index: number, sessionKey: string) => {
    await settle();
    backend.at(index).answer(Response.json({ sessionKey }));
    await settle();
  };
  return { ...backend, room, key, onChange, give };
}

/** A JWT that expires in so many ms by its own word. */
function jwtFor(ms: number): string {
  return `e30.${btoa(JSON.stringify({ exp: Math.floor((Date.now() + ms) / 1000), sub: 'ÿ' }))}.x`
    .replace(/\+/g, '-')
    .replace(/\//g, '_');
}

describe('a session key', () => {
  it('is asked for once at a time, with `session=1`, and told when it is there', async () => {
    const { key, methods, at, give, onChange } = openKey();
    key.fetch();
    key.fetch();
    expect(key.isFetching()).toBe(true);
    await give(0, 'k1');
    expect(methods()).toEqual(['GET']);
    expect(new URL(at(0).request.url).searchParams.get('session')).toBe('1');
    expect([key.get(), key.isFetching()]).toEqual(['k1', false]);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('that was prefetched is taken over; a later one is fetched', async () => {
    const { key, methods, give } = openKey(Promise.resolve('early'));
    key.fetch();
    await settle();
    expect(key.get()).toBe('early');
    expect(methods()).toEqual([]);
    key.fetch();
    await give(0, 'later');
    expect(key.get()).toBe('later');
  });

  it.each([
    ['more than five minutes', 6 * minute, true],
    ['less than five minutes', 4 * minute, false],
  ])('that has %s left by its own claim is kept or not when a form opens', async (_, ms, isKept) => {
    const { key, methods, give } = openKey();
    key.fetch();
    const first = jwtFor(ms);
    await give(0, first);
    key.renew();
    await settle();
    expect(key.get()).toBe(isKept ? first : undefined);
    expect(methods()).toHaveLength(isKept ? 1 : 2);
  });

  it.each([
    [19, 1],
    [21, 2],
  ])('without a claim that is %i minutes old: a form opens after %i requests in all', async (minutes, requests) => {
    const { key, methods, give } = openKey();
    key.fetch();
    await give(0, 'no-claim');
    vi.setSystemTime(Date.now() + minutes * minute);
    key.renew();
    await settle();
    expect(methods()).toHaveLength(requests);
  });

  it('that could not be had counts its failures, until one is there', async () => {
    const { key, at, give } = openKey();
    for (const count of [1, 2]) {
      key.fetch();
      await settle();
      at(count - 1).drop();
      await settle();
      expect(key.failure()).toMatchObject({ count, failure: { code: 'unreachable' } });
    }
    key.fetch();
    await give(2, 'k1');
    expect(key.failure()).toBeUndefined();
  });

  it('is not asked for again while a Retry-After is running, not even by another gate or a new form', async () => {
    const { key, room, target, methods, at } = openKey();
    key.fetch();
    await settle();
    at(0).answer(Response.json({}, { status: 429, headers: { 'retry-after': '60' } }));
    await settle();
    const other = createSessionKey(
      room,
      () => target,
      () => {},
    );
    for (const one of [key, other]) {
      one.fetch();
      one.renew();
    }
    await settle();
    expect(methods()).toHaveLength(1);
    vi.setSystemTime(Date.now() + minute);
    other.fetch();
    await settle();
    expect(methods()).toHaveLength(2);
  });

  it('whose gate has left is aborted, and no longer told', async () => {
    const { key, at, onChange } = openKey();
    key.fetch();
    await settle();
    key.stop();
    expect(at(0).request.signal.aborted).toBe(true);
    expect(key.isFetching()).toBe(false);
    at(0).answer(Response.json({ sessionKey: 'late' }));
    await settle();
    expect(key.get()).toBeUndefined();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('whose prefetch failed is asked for again, unless a Retry-After is running', async () => {
    const { key, give, onChange } = openKey(Promise.reject(new Error('no headers yet')));
    key.fetch();
    await give(0, 'own');
    expect(key.get()).toBe('own');
    expect(onChange).toHaveBeenCalledOnce();

    const limited = new GateError({ code: 'rateLimited', message: '', retryAt: Date.now() + minute });
    const held = openKey(Promise.reject(limited));
    held.key.fetch();
    // What the prefetch notes.
    held.room.held.sessionKey = limited.failure;
    await settle();
    expect(held.methods()).toEqual([]);
    expect(held.key.failure()).toMatchObject({ count: 1, failure: { code: 'rateLimited' } });
  });

  it('that is answered with a redirect needs a sign-in, once the endpoint has given a good answer', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { key, room, at } = openKey();
    for (const [index, code] of (['misconfigured', 'unauthenticated'] as const).entries()) {
      key.fetch();
      await settle();
      at(index).answer(redirect());
      await settle();
      expect(key.failure()).toMatchObject({ failure: { code } });
      noteAnswer(room, { record: null, seq: 1, at: Date.now() });
    }
  });
});
