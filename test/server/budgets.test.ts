import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKycReuseHandler } from '../../src/server';
import { after, json, type Upstream, withdrawer } from './openKit';
import { openFleet } from './openFleet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limited = json(429, {}, { 'retry-after': '30' });
const taken = json(200, { withdrawer });
const headers = { 'content-type': 'application/json' };

/** Instances whose Coinflow limits the first `count` registrations or reads. */
function openLimited(count: number, kind: 'register' | 'read', over: Parameters<typeof openFleet>[1] = {}) {
  let left = count;
  const upstream: Upstream = (request) => (left-- > 0 ? limited(request) : taken(request));
  const fleet = openFleet(kind === 'read' ? { register: taken, read: upstream } : { register: upstream }, over);
  const ask = async (method: 'GET' | 'POST', userId: string, instance = 0) => {
    const init = method === 'POST' ? { body: '{}', headers } : {};
    const response = await fleet.kit(instance).send(method, { query: `?subject=${userId}`, ...init });
    return [response.status, response.headers.get('retry-after')];
  };
  return { ...fleet, ask };
}

describe('a 429', () => {
  it.each(['register', 'read'] as const)(
    'that a second user meets as well holds everybody back, on every instance: %s',
    async (kind) => {
      const method = kind === 'read' ? 'GET' : 'POST';
      const { ask, kits, minted, registered } = openLimited(2, kind);
      expect(await ask(method, 'u1')).toEqual([429, '30']);
      expect(await ask(method, 'u2', 1)).toEqual([429, '30']);
      const sent = () => [minted.length, kind === 'read' ? kits.flatMap((it) => it.asked).length : registered.length];
      const before = sent();
      for (const instance of [0, 1]) expect((await ask(method, 'u3', instance))[0]).toBe(429);
      expect(sent()).toEqual(before);
      await after(30_000);
      expect((await ask(method, 'u3'))[0]).toBe(200);
    },
  );

  it('of users who have read often lately may be each one’s own: it holds nobody else back', async () => {
    let left = 6;
    const upstream: Upstream = (request) => (left-- > 0 || left < -2 ? taken(request) : limited(request));
    const { kit } = openFleet({ register: taken, read: upstream });
    const read = async (userId: string) => (await kit().get(`?subject=${userId}`)).status;
    const told = [];
    for (const userId of ['u1', 'u1', 'u1', 'u2', 'u2', 'u2', 'u1', 'u2', 'u3']) told.push(await read(userId));
    expect(told).toEqual([200, 200, 200, 200, 200, 200, 429, 429, 200]);
  });

  it('of one user, however often, holds nobody else back', async () => {
    const { ask } = openLimited(2, 'read');
    expect((await ask('GET', 'u1'))[0]).toBe(429);
    await after(30_000);
    expect((await ask('GET', 'u1'))[0]).toBe(429);
    expect((await ask('GET', 'u2'))[0]).toBe(200);
  });
});

describe('a limit that the merchant knows', () => {
  it('is kept on all instances together, with an honest Retry-After, before anything is minted', async () => {
    const { ask, minted, registered } = openLimited(0, 'register', { limits: { kyc: { requests: 2, perMs: 60_000 } } });
    for (const [instance, userId] of ['u1', 'u2'].entries()) expect((await ask('POST', userId, instance))[0]).toBe(200);
    await after(20_000);
    expect(await ask('POST', 'u3')).toEqual([429, '40']);
    expect([minted.length, registered.length]).toEqual([2, 2]);
    await after(40_000);
    expect((await ask('POST', 'u3'))[0]).toBe(200);
  });

  it('is kept wherever a stretch of its time begins, and nine tenths of it can be used', async () => {
    const { ask } = openLimited(0, 'read', { limits: { global: { requests: 200, perMs: 60_000 } } });
    const tookAt: number[] = [];
    for (let second = 0, user = 0; second < 240; second++) {
      // One, and 45 s later more than may go: a counter over a minute would let two minutes' share through around its end.
      const wanted = second === 50 ? 1 : second < 95 ? 0 : 12;
      for (let i = 0; i < wanted; i++) if ((await ask('GET', `u${user++}`, user % 2))[0] === 200) tookAt.push(second);
      await after(1_000);
    }
    const within = (from: number) => tookAt.filter((at) => at >= from && at < from + 60).length;
    const busiest = Math.max(...tookAt.map(within));
    // Reads may use 90 % of a limit.
    expect(busiest).toBeLessThanOrEqual(180);
    expect(busiest).toBeGreaterThanOrEqual(150);
  });

  it('may be one of each user', async () => {
    const { ask } = openLimited(0, 'read', { limits: { global: { requests: 1, perMs: 60_000, scope: 'user' } } });
    expect((await ask('GET', 'u1'))[0]).toBe(200);
    expect((await ask('GET', 'u1', 1))[0]).toBe(429);
    expect((await ask('GET', 'u2'))[0]).toBe(200);
  });

  it('of everything leaves room for registrations when reads have used their share', async () => {
    const { kit, ask } = openLimited(0, 'register', { limits: { global: { requests: 10, perMs: 60_000 } } });
    for (let i = 0; i < 9; i++) expect((await ask('GET', 'u1'))[0]).toBe(200);
    expect((await ask('GET', 'u1'))[0]).toBe(429);
    // Read as absent within the last 2 s, so no look is due.
    expect((await ask('POST', 'u1'))[0]).toBe(200);
    expect(kit().asked.at(-1)?.method).toBe('POST');
  });

  it.each([
    [{ kyc: { requests: 0, perMs: 60_000 } }, '`limits.kyc.requests`'],
    [{ global: { requests: 1.5, perMs: 60_000 } }, '`limits.global.requests`'],
    [{ global: { requests: 1, perMs: NaN } }, '`limits.global.perMs`'],
    [{ kyc: { requests: 1, perMs: 1, scope: 'everybody' as never } }, '`limits.kyc.scope`'],
  ])('is checked when the server starts: %o', (limits, named) => {
    const coinflow = { apiKey: 'k', env: 'sandbox' } as const;
    const open = () => createKycReuseHandler({ coinflow, authenticate: () => null, shareTokens: () => null, limits });
    expect(open).toThrow(TypeError);
    expect(open).toThrow(named);
  });
});
