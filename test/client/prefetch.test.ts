// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { freshPrefetch, prefetchRecord } from '../../src/client/prefetch';
import { roomOf } from '../../src/client/subject';
import { sampleRecord } from '../../src/testing/sampleStates';
import { manualBackend, settle } from './manualBackend';
import { openGate, pass, withVirtualTime } from './openGate';

withVirtualTime();

/** A prefetch that has left, its room, and the gate that may use it. */
async function prefetch(more: { sessionKey?: boolean } = {}) {
  const backend = manualBackend();
  const room = roomOf(backend.target);
  prefetchRecord({ ...backend.options, ...more });
  await settle();
  return { ...backend, room, open: () => openGate('u1', { ...backend.options, ...more }) };
}

describe('a prefetch', () => {
  it('reads once and never registers', async () => {
    const { methods, at, room, options } = await prefetch();
    at(0).tell(null);
    prefetchRecord(options);
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(methods()).toEqual(['GET']);
    expect(room).toMatchObject({ isRegistering: false });
    expect(room.registration).toBeUndefined();
  });

  it('opens the gate that starts within 30 s', async () => {
    const { at, open } = await prefetch();
    at(0).tell(sampleRecord);
    await settle();
    await vi.advanceTimersByTimeAsync(29_999);
    const { states, close } = open();
    expect(states).toEqual(['ready']);
    close();
  });

  it('is forgotten after 30 s, with the session key', async () => {
    const { at, room, open } = await prefetch({ sessionKey: true });
    at(0).tell(sampleRecord);
    at(1).answer(Response.json({ sessionKey: 'early' }));
    await settle();
    expect(await room.prefetched?.key).toBe('early');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(room.prefetched).toBeUndefined();
    const { session, states, close } = open();
    expect(states).toEqual(['checking']);
    expect(session.getSessionKey()).toBeUndefined();
    close();
  });

  it.each([
    ['has slept for an hour, its timers with it', 3_600_000],
    ['had its clock set back', -1],
  ])('is not used where the computer %s', async (_, ms) => {
    const { at, room, open } = await prefetch();
    at(0).tell(sampleRecord);
    await settle();
    expect(freshPrefetch(room)).toBeDefined();
    vi.setSystemTime(Date.now() + ms);
    expect(freshPrefetch(room)).toBeUndefined();
    const { states, close } = open();
    expect(states).toEqual(['checking']);
    close();
  });

  it('that failed is forgotten at once, so that the next may ask again', async () => {
    const { at, room, options, methods } = await prefetch();
    at(0).drop();
    await settle();
    expect(room.prefetched).toBeUndefined();
    prefetchRecord(options);
    await settle();
    expect(methods()).toEqual(['GET', 'GET']);
  });

  it('asks nothing where a gate of the same subject runs', async () => {
    const { options, methods } = manualBackend();
    const { close } = openGate('u1', options);
    await settle();
    prefetchRecord(options);
    await settle();
    expect(methods()).toEqual(['GET']);
    close();
  });

  it('does not ask for a session key while a Retry-After for it is running', async () => {
    const { at, options, methods, room } = await prefetch({ sessionKey: true });
    at(0).drop();
    at(1).answer(Response.json({}, { status: 429, headers: { 'retry-after': '60' } }));
    await settle();
    expect(room.held.sessionKey).toMatchObject({ code: 'rateLimited' });
    prefetchRecord({ ...options, sessionKey: true });
    await settle();
    expect(methods()).toHaveLength(3);
    expect(at(2).request.url).not.toContain('session=1');
  });

  it('that fails for a gate that has joined it has that gate read, and fetch its key, for itself', async () => {
    const { at, methods, open } = await prefetch({ sessionKey: true });
    const { session, states, close } = open();
    const refused = () => Response.json({}, { status: 401 });
    at(0).answer(refused());
    at(1).answer(refused());
    await pass(1_000);
    expect(methods()).toHaveLength(4);
    for (const index of [2, 3]) {
      const isKey = at(index).request.url.includes('session=1');
      if (isKey) at(index).answer(Response.json({ sessionKey: 'own' }));
      else at(index).tell(sampleRecord);
    }
    await pass(0);
    expect(states).toEqual(['checking', 'ready']);
    expect(session.getSessionKey()).toBe('own');
    close();
  });

  it('that met a limit has a gate that has joined it say so, and wait', async () => {
    const { at, methods, open } = await prefetch();
    const { session, close } = open();
    at(0).answer(Response.json({}, { status: 429, headers: { 'retry-after': '60' } }));
    await pass(20_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'rateLimited' } });
    expect(methods()).toEqual(['GET']);
    close();
  });
});
