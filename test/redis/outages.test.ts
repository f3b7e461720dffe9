import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { KycStore } from '../../src/redis';
import { openClient, openStore } from './openStores';
import { noRedis, startRedis } from './redisServer';

const minute = 60_000;

/** What every method does while Redis is away. Each must have failed when this resolves. */
async function failures(store: KycStore): Promise<{ codes: unknown[]; longestMs: number }> {
  const startedAt = performance.now();
  let longestMs = 0;
  const code = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: unknown) => {
        longestMs = Math.max(longestMs, performance.now() - startedAt);
        return (error as { code?: unknown }).code;
      },
    );
  const codes = await Promise.all([
    code(store.get('away')),
    code(store.set('away', 'a', minute)),
    code(store.claim('away claim', 'a', minute)),
    code(store.release('away', 'a')),
    code(store.increment('away count', minute)),
    code(store.publish('away')),
  ]);
  return { codes, longestMs };
}

/** Two stores over a Redis of their own, the first of which listens. */
async function open() {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  // A client that doesn't reconnect: the store's own connections do.
  const client = createClient({ url: redis.url, socket: { reconnectStrategy: false } });
  const [one, other] = [openStore(redis.url, { client }), openStore(redis.url)];
  const told: string[] = [];
  await one.subscribe((topic) => void told.push(topic));
  await one.set('k', 'before', minute);
  await other.publish('before');
  await vi.waitFor(() => expect(told).toEqual(['before']));
  return { redis, one, other, told };
}

/** Both stores work, and what one publishes the other hears. */
async function expectWell({ one, other, told }: Awaited<ReturnType<typeof open>>, value: string) {
  await vi.waitFor(
    async () => {
      await one.set('k', value, minute);
      expect(await other.get('k')).toBe(value);
    },
    { timeout: 10_000 },
  );
  // Wake-ups may be lost until the subscription stands again.
  await vi.waitFor(
    async () => {
      await other.publish(value);
      expect(told).toContain(value);
    },
    { timeout: 15_000, interval: 100 },
  );
}

describe.skipIf(noRedis)(`a store whose Redis${noRedis}`, () => {
  it('is killed fails at once, and after a restart works again, with its subscription and what it held', async () => {
    const opened = await open();
    const { redis, one } = opened;
    await redis.kill();
    await vi.waitFor(async () => expect((await failures(one)).codes).toEqual(Array(6).fill('redisUnavailable')));
    const { longestMs } = await failures(one);
    expect(longestMs).toBeLessThan(250);
    await redis.start();
    await vi.waitFor(async () => expect(await one.get('k')).toBe('before'), { timeout: 5_000 });
    await expectWell(opened, 'after');
    await redis.kill();
    await redis.start();
    await expectWell(opened, 'after the second');
  });

  it('is lost just after it was first used fails at once, however long a call may take', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const store = openStore(redis.url, { timeoutMs: 20_000 });
    await store.set('k', 'a', minute);
    await redis.kill();
    const { codes, longestMs } = await failures(store);
    expect([codes, longestMs < 2_000]).toEqual([Array(6).fill('redisUnavailable'), true]);
  });

  it('has nothing to tell keeps its connections', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const [store, client] = [openStore(redis.url), await openClient(redis.url)];
    await store.subscribe(() => {});
    await store.set('k', 'a', minute);
    const connections = async () => (await client.sendCommand<string>(['CLIENT', 'LIST'])).match(/^id=\d+/gm);
    const before = await connections();
    await wait(7_000);
    expect(await connections()).toEqual(before);
  });

  it('hangs for 10 s fails within 500 ms each time, and then works again, with its subscription', async () => {
    const opened = await open();
    const { redis, one } = opened;
    redis.freeze();
    const until = performance.now() + 10_000;
    const longest: number[] = [];
    const codes = new Set<unknown>();
    while (performance.now() < until) {
      const seen = await failures(one);
      longest.push(seen.longestMs);
      for (const code of seen.codes) codes.add(code);
      await wait(50);
    }
    redis.thaw();
    expect([...codes].sort()).toEqual(['redisTimeout', 'redisUnavailable']);
    // 500 ms by the store's timer; the rest is this machine's.
    expect(Math.max(...longest)).toBeLessThan(900);
    await expectWell(opened, 'after');
  });

  it('answers a claim too late gives it back, since its caller was told that it failed', async () => {
    const { redis, one, other } = await open();
    redis.freeze();
    await expect(one.claim('lease', 'lost', minute)).rejects.toMatchObject({ code: 'redisTimeout' });
    redis.thaw();
    await vi.waitFor(async () => expect(await other.claim('lease', 'mine', minute)).toBe(true), { timeout: 5_000 });
    expect(await one.get('lease')).toBe('mine');
  });

  it('is away when the store is first used fails within 500 ms, sends nothing later, and works once it is there', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    await redis.kill();
    const store = openStore(redis.url);
    const told: string[] = [];
    const startedAt = performance.now();
    await store.subscribe((topic) => void told.push(topic));
    const { codes, longestMs } = await failures(store);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect([codes, longestMs < 900]).toEqual([Array(6).fill('redisUnavailable'), true]);
    await redis.start();
    await vi.waitFor(async () => expect(await store.get('k')).toBeUndefined(), { timeout: 5_000 });
    expect(await (await openClient(redis.url)).keys('*')).toEqual([]);
    await vi.waitFor(
      async () => {
        await store.publish('t');
        expect(told).toContain('t');
      },
      { timeout: 5_000, interval: 100 },
    );
  });

  it(
    'is cut off without a word gets a new connection: after 3 s of calls, or within 10 s where it only listens',
    { timeout: 60_000 },
    async () => {
      const redis = await startRedis();
      onTestFinished(() => redis.close());
      const links = new Set<{ isCut: boolean }>();
      // Between the store and Redis: a link that is cut stays open and carries nothing.
      const network = createServer((near) => {
        const link = { isCut: false };
        links.add(link);
        const far = connect(redis.port, '127.0.0.1');
        const carry = (from: Socket, to: Socket) =>
          from
            .on('data', (chunk) => void (link.isCut || to.write(chunk)))
            .on('close', () => to.destroy())
            .on('error', () => {});
        carry(near, far);
        carry(far, near);
      });
      await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void network.close());
      const store = openStore(`redis://127.0.0.1:${(network.address() as AddressInfo).port}`);
      const direct = openStore(redis.url);
      const told: string[] = [];
      await store.subscribe((topic) => void told.push(topic));
      await store.set('k', 'a', minute);
      expect(links.size).toBe(2);
      for (const link of links) link.isCut = true;
      const cutAt = performance.now();
      await vi.waitFor(async () => expect(await store.get('k')).toBe('a'), { timeout: 10_000, interval: 100 });
      expect(performance.now() - cutAt).toBeLessThan(8_000);
      await vi.waitFor(
        async () => {
          await direct.publish('t');
          expect(told).toContain('t');
        },
        { timeout: 10_000, interval: 200 },
      );
    },
  );
});
