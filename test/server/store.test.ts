import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../../src/server';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the store in memory', () => {
  it('keeps a value for its time, and no longer', async () => {
    const store = createMemoryStore();
    await store.set('key', 'value', 1_000);
    vi.advanceTimersByTime(999);
    expect(await store.get('key')).toBe('value');
    vi.advanceTimersByTime(1);
    expect(await store.get('key')).toBeUndefined();
  });

  it('gives a key to the first who claims it, until it expires or is released by its holder', async () => {
    const store = createMemoryStore();
    expect([await store.claim('key', 'a', 1_000), await store.claim('key', 'b', 1_000)]).toEqual([true, false]);
    await store.release('key', 'b');
    expect(await store.get('key')).toBe('a');
    await store.release('key', 'a');
    expect(await store.claim('key', 'b', 1_000)).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(await store.claim('key', 'c', 1_000)).toBe(true);
  });

  it('counts within a window that begins with the first count', async () => {
    const store = createMemoryStore();
    expect(await store.increment('key', 1_000)).toEqual({ count: 1, leftMs: 1_000 });
    vi.advanceTimersByTime(600);
    expect(await store.increment('key', 1_000)).toEqual({ count: 2, leftMs: 400 });
    vi.advanceTimersByTime(400);
    expect(await store.increment('key', 1_000)).toEqual({ count: 1, leftMs: 1_000 });
  });

  it('tells every subscriber once, and none whose subscription has ended', async () => {
    const store = createMemoryStore();
    const [first, second] = [vi.fn(), vi.fn()];
    const end = await store.subscribe(first);
    await store.subscribe(second);
    await store.publish('topic');
    await end();
    await store.publish('topic');
    expect([first.mock.calls, second.mock.calls]).toEqual([[['topic']], [['topic'], ['topic']]]);
  });

  it('holds 100,000 entries at most, and drops expired ones before it drops the oldest', async () => {
    const store = createMemoryStore();
    await store.set('old', 'kept', 1_000_000);
    for (let i = 0; i < 99_999; i++) await store.set(`short${i}`, 'x', 1_000);
    vi.advanceTimersByTime(1_000);
    for (let i = 0; i < 89_000; i++) await store.set(`long${i}`, 'x', 1_000_000);
    expect([await store.get('old'), await store.get('long0')]).toEqual(['kept', 'x']);
    for (let i = 0; i < 20_000; i++) await store.set(`more${i}`, 'x', 1_000_000);
    expect([await store.get('old'), await store.get('long0'), await store.get('more0')]).toEqual([
      undefined,
      undefined,
      'x',
    ]);
  });
});
