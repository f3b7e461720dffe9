// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { takeTurn, type Turn } from '../../src/client/turn';
import { installLocks, lendLocks, silentLocks } from './fakeLocks';
import { settle } from './manualBackend';

const lock = 'kyc-reuse-gate u1';

describe('a turn', () => {
  it('holds a lock of all tabs, named after the subject, until it is released', async () => {
    const locks = installLocks();
    const turn = await takeTurn('u1');
    expect(locks.held()).toEqual([lock]);
    turn?.release();
    await settle();
    expect(locks.held()).toEqual([]);
  });

  it('is not had at once while another tab has it', async () => {
    const locks = installLocks();
    locks.takeElsewhere(lock);
    expect(await takeTurn('u1')).toBeUndefined();
    expect(await takeTurn('u2')).toBeDefined();
  });

  it('is waited for where a signal says how long', async () => {
    const locks = installLocks();
    const letGo = locks.takeElsewhere(lock);
    let turn: Turn | undefined;
    void takeTurn('u1', new AbortController().signal).then((it) => (turn = it));
    await settle();
    expect(turn).toBeUndefined();
    letGo();
    await settle();
    expect(turn).toBeDefined();
    expect(locks.held()).toEqual([lock]);
  });

  it('is given up once the wait is aborted, and the lock goes to nobody', async () => {
    const locks = installLocks();
    const letGo = locks.takeElsewhere(lock);
    const wait = new AbortController();
    const turn = takeTurn('u1', wait.signal);
    await settle();
    wait.abort();
    expect(await turn).toBeUndefined();
    letGo();
    await settle();
    expect(locks.held()).toEqual([]);
  });

  it.each([
    ['missing', () => {}],
    ['refused', () => lendLocks({ request: () => Promise.reject(new DOMException('Refused', 'SecurityError')) })],
  ])('covers this page alone where Web Locks are %s', async (_, prepare) => {
    prepare();
    const turn = await takeTurn('u1');
    expect(turn).toBeDefined();
    expect(() => turn?.release()).not.toThrow();
  });

  it.each([
    ['undefined', () => lendLocks(undefined)],
    [
      'out of order',
      () =>
        lendLocks({
          request: () => {
            throw new DOMException('Refused', 'SecurityError');
          },
        }),
    ],
  ])('never rejects, not even where `navigator.locks` is %s', async (_, prepare) => {
    prepare();
    for (const wait of [undefined, new AbortController().signal]) {
      const turn = await takeTurn('u1', wait);
      expect(() => turn?.release()).not.toThrow();
      expect(turn).toBeDefined();
    }
  });

  it('covers this page alone where the browser does not say within three seconds whether the lock is free', async () => {
    vi.useFakeTimers();
    const locks = silentLocks();
    const turn = takeTurn('u1');
    await vi.advanceTimersByTimeAsync(3_000);
    vi.useRealTimers();
    expect(await turn).toBeDefined();
    // Granted after all, it is let go at once: nobody would release it.
    expect(locks.grant()).toBeUndefined();
  });

  it('is had where the page was too busy to hear at once that the lock is free', async () => {
    vi.useFakeTimers();
    const locks = silentLocks();
    const turn = takeTurn('u1');
    // The timer of a page that was blocked fires before the answer that has waited beside it.
    vi.advanceTimersByTime(1_000);
    const held = locks.grant();
    vi.useRealTimers();
    expect(held).toBeInstanceOf(Promise);
    (await turn)?.release();
    await expect(held).resolves.toBeUndefined();
  });
});
