// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { noteAnswer, readOnce } from '../../src/client/subject';
import { takeTurn } from '../../src/client/turn';
import { sampleRecord } from '../../src/testing/sampleStates';
import { installLocks, silentLocks } from './fakeLocks';
import { settle } from './manualBackend';
import { withVirtualTime } from './openGate';
import { accepted, openRegistration, watch } from './openRegistration';
import { pageIs } from './pageOfAge';

withVirtualTime();

describe('the lock of a registration', () => {
  it('of the look is the one that the POST is sent under', async () => {
    const locks = installLocks();
    const { room, register, methods, at, lock } = openRegistration();
    room.turn = await takeTurn(room.name);
    const done = register();
    await settle();
    expect(room.turn).toBeUndefined();
    expect(locks.held()).toEqual([lock]);
    expect(methods()).toEqual(['POST']);
    at(0).answer(accepted());
    await done;
    await settle();
    // No gate is there to see the record come.
    expect(locks.held()).toEqual([]);
  });

  it('that another tab has is waited for, and then the server’s look no longer counts', async () => {
    const locks = installLocks();
    const { room, register, methods, at, lock } = openRegistration();
    const letGo = locks.takeElsewhere(lock);
    const done = register();
    await settle();
    expect(methods()).toEqual([]);
    letGo();
    await settle();
    expect(methods()).toEqual(['GET']);
    at(0).tell(sampleRecord);
    await done;
    expect(room.registration).toBeUndefined();
  });

  it('that another tab keeps is waited for 15 s', async () => {
    const locks = installLocks();
    const { room, register, methods, lock } = openRegistration();
    locks.takeElsewhere(lock);
    const done = register();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(room.isRegistering).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(methods()).toEqual([]);
    expect(room.registration).toMatchObject({ outcome: 'notSent' });
    expect(room.registration?.failure).toBeUndefined();
  });

  it.each([
    ['accepted', 300_000, (request: { answer(response: Response): void }) => request.answer(accepted())],
    ['lost', 10_000, (request: { drop(): void }) => request.drop()],
  ])('is kept while a token that was %s may be redeemed, for %i ms', async (_, keptMs, end) => {
    const locks = installLocks();
    const { room, register, at, lock } = openRegistration();
    const leave = watch(room);
    const done = register();
    await settle();
    end(at(0));
    await done;
    await vi.advanceTimersByTimeAsync(keptMs - 1);
    expect(locks.held()).toEqual([lock]);
    await vi.advanceTimersByTimeAsync(1);
    await settle();
    expect(locks.held()).toEqual([]);
    leave();
  });

  it('is let go as soon as the record is there', async () => {
    const locks = installLocks();
    const { room, register, at, lock } = openRegistration();
    const leave = watch(room);
    const done = register();
    await settle();
    at(0).answer(accepted());
    await done;
    expect(locks.held()).toEqual([lock]);
    noteAnswer(room, { record: sampleRecord, seq: Infinity, at: Date.now() });
    await settle();
    expect(locks.held()).toEqual([]);
    leave();
  });

  it('that was granted only once the page had grown old has the registration look first', async () => {
    pageIs(14_900);
    const locks = silentLocks();
    const { room, register, methods, at } = openRegistration();
    const done = register();
    await settle();
    pageIs(15_100);
    void locks.grant();
    await settle();
    expect(methods()).toEqual(['GET']);
    at(0).tell(sampleRecord);
    await done;
    expect(room.registration).toBeUndefined();
  });

  it('that was granted only once a read had left has the registration look first', async () => {
    const locks = silentLocks();
    const { room, target, register, methods } = openRegistration();
    void register();
    void readOnce(room, target);
    await settle();
    void locks.grant();
    await settle();
    expect(methods()).toEqual(['GET', 'GET']);
  });

  it('keeps a second tab from registering after its 15 s, while the first tab’s token is being redeemed', async () => {
    installLocks();
    const { room, target, register, methods, at } = openRegistration();
    const leave = watch(room);
    const done = register();
    await settle();
    at(0).answer(accepted());
    await done;
    // Modules of its own, as another tab has.
    vi.resetModules();
    const { registerOnce } = await import('../../src/client/registerOnce');
    const { roomOf } = await import('../../src/client/subject');
    const other = roomOf(target);
    expect(other).not.toBe(room);
    await vi.advanceTimersByTimeAsync(1_000);
    const waited = registerOnce(other, target, undefined, false);
    await vi.advanceTimersByTimeAsync(15_000);
    await settle();
    expect(methods()).toEqual(['POST']);
    await waited;
    expect(other.registration).toMatchObject({ outcome: 'notSent' });
    leave();
  });

  it('that never comes keeps nobody waiting who found no record in a prefetch', async () => {
    silentLocks();
    const { register, methods, at } = openRegistration();
    const done = register(undefined, false);
    await vi.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(methods()).toEqual(['GET']);
    at(0).tell(null);
    await settle();
    expect(methods()).toEqual(['GET', 'POST']);
    at(1).answer(accepted());
    await done;
  });
});
