import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore, type KycStats, type KycStore } from '../../src/server';
import { after, json, onRegister, openKit, silence, type Upstream, withdrawer } from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A Coinflow that takes these times, in ms, one after the other. */
function slowly(times: readonly number[], answer: Upstream = json(200, { withdrawer })): Upstream {
  const left = [...times];
  return async (request) => {
    await new Promise((resolve) => setTimeout(resolve, left.shift() ?? 0));
    return answer(request);
  };
}

const within = ({ histogram }: KycStats['upstream']['read'], ms: number) =>
  histogram.find(({ leMs }) => leMs === ms)?.count;

describe('the read-out', () => {
  it('is all zeros before anything happens', () => {
    const { handle } = openKit();
    const numbers = JSON.stringify(handle.stats(), (key, value: unknown) => (key === 'leMs' ? undefined : value));
    expect(numbers).not.toMatch(/[1-9]/);
    expect(Object.keys(handle.stats().upstream)).toEqual(['read', 'reread', 'register', 'sessionKey', 'mint']);
  });

  it('tells how long calls took: count, sum, longest, and how many were within each bound', async () => {
    const times = [10, 10, 10, 60, 60, 150, 400, 900, 1_500, 4_000];
    const { get, handle } = openKit(slowly(times), { timeoutMs: 5_000 });
    for (const ms of times) await Promise.all([get(), after(ms)]);
    const { read } = handle.stats().upstream;
    expect(read).toMatchObject({ count: 10, failures: 0, abandoned: 0, totalMs: 7_100, maxMs: 4_000 });
    expect(read.histogram).toEqual([
      { leMs: 50, count: 3 },
      { leMs: 100, count: 5 },
      { leMs: 200, count: 6 },
      { leMs: 500, count: 7 },
      { leMs: 1_000, count: 8 },
      { leMs: 2_000, count: 9 },
      { leMs: 5_000, count: 10 },
      { leMs: 10_000, count: 10 },
    ]);
    // At 50 % and 95 %.
    expect([within(read, 100), within(read, 5_000)]).toEqual([5, 10]);
  });

  it('counts each failed call, though their events are put together, and no refusal of a user as a failure', async () => {
    const { get, handle } = openKit(json(500, {}), { onEvent: () => {} });
    for (let i = 0; i < 7; i++) await get();
    expect(handle.stats().upstream.read).toMatchObject({ count: 7, failures: 7 });
    const refused = openKit(onRegister(json(400, {})));
    await refused.post();
    await openKit(onRegister(json(400, {})), { shareTokens: () => null }).post();
    const { read, register, mint } = refused.handle.stats().upstream;
    // No record yet is no failure either.
    for (const calls of [read, register, mint]) expect(calls).toMatchObject({ count: 1, failures: 0 });
  });

  it('counts a call that nobody waited for any longer apart, and one that timed out as a failure', async () => {
    const leaving = new AbortController();
    const { get, handle } = openKit(silence, { timeoutMs: 5_000 });
    void get('?subject=u1', { signal: leaving.signal });
    await after(100);
    leaving.abort();
    await after(0);
    expect(handle.stats().upstream.read).toMatchObject({ count: 0, failures: 0, abandoned: 1, totalMs: 0 });
    await Promise.all([get(), after(5_000)]);
    expect(handle.stats().upstream.read).toMatchObject({ count: 1, failures: 1, abandoned: 1, maxMs: 5_000 });
  });

  it('tells what budgets let out, what they refused, and what a 429 said', async () => {
    const { post, get, handle } = openKit(onRegister(json(400, {})), {
      limits: { global: { requests: 10, perMs: 60_000 } },
    });
    for (let i = 0; i < 5; i++) await post();
    expect(handle.stats().budgets.register).toEqual({
      spent: 3,
      refused: 2,
      waited: 0,
      limited: 0,
      retryAfterSeconds: 0,
    });
    const limited = openKit(json(429, {}, { 'retry-after': '30' }));
    for (let i = 0; i < 3; i++) await limited.get();
    expect(limited.handle.stats().budgets.read).toEqual({
      spent: 1,
      refused: 2,
      waited: 0,
      limited: 1,
      retryAfterSeconds: 30,
    });
    const before = handle.stats().budgets.read;
    for (let i = 0; i < 9; i++) await get();
    const { spent, refused } = handle.stats().budgets.read;
    expect(spent - before.spent + refused - before.refused).toBe(9);
    expect(refused).toBeGreaterThan(0);
  });

  it('counts reads of held requests that wait for their turn', async () => {
    const { get, handle } = openKit(json(404, {}));
    const etag = (await get()).headers.get('etag') ?? '';
    for (let i = 0; i < 9; i++) await get();
    void get('?subject=u1', { headers: { prefer: 'wait=8', 'if-none-match': etag } });
    await after(5_000);
    expect(handle.stats().held).toEqual({ gets: 1, posts: 0, users: 1 });
    expect(handle.stats().budgets.reread).toMatchObject({ spent: 0, waited: 1 });
    await after(3_000);
    expect(handle.stats().held.gets).toBe(0);
  });

  it('counts an outage of the store once, however long it lasts', async () => {
    const memory = createMemoryStore();
    let isDown = true;
    const down =
      <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
      (...args: Args) =>
        isDown ? Promise.reject(new Error('SECRET')) : call(...args);
    const store: KycStore = { ...memory, get: down(memory.get), set: down(memory.set), claim: down(memory.claim) };
    const { get, handle } = openKit(undefined, { store });
    for (let i = 0; i < 4; i++) {
      await get();
      await after(2_000);
    }
    expect(handle.stats().storeOutages).toBe(1);
    isDown = false;
    await get();
    await after(2_000);
    isDown = true;
    await get();
    expect(handle.stats().storeOutages).toBe(2);
  });

  it('is a copy: what was read stays as it was', async () => {
    const { get, handle } = openKit();
    const before = handle.stats();
    await get();
    expect(before.upstream.read.count).toBe(0);
    expect(handle.stats().upstream.read.count).toBe(1);
  });
});
