import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRedisStore, RedisStoreError, type RedisStoreOptions } from '../../src/redis';
import { openClient, openStore } from './openStores';
import { noRedis, type RedisServer, startRedis } from './redisServer';

const minute = 60_000;

describe.skipIf(noRedis)(`the Redis store${noRedis}`, () => {
  let redis: RedisServer;
  beforeAll(async () => void (redis = await startRedis('--requirepass', 'SECRET-password')));
  afterAll(() => redis.close());
  const urlWith = (password: string, database = 0) => `redis://default:${password}@127.0.0.1:${redis.port}/${database}`;
  const rightUrl = () => urlWith('SECRET-password');

  it('begins every key with its prefix, and lets every key expire', async () => {
    const store = openStore(rightUrl(), { prefix: 'shop-a:' });
    await store.set('set', 'a', minute);
    await store.claim('claimed', 'a', minute);
    await store.increment('counted', minute);
    const client = await openClient(rightUrl());
    const keys = await client.keys('*');
    expect(keys.sort()).toEqual(['shop-a:claimed', 'shop-a:counted', 'shop-a:set']);
    for (const key of keys) expect(await client.pTTL(key)).toBeGreaterThan(0);
    await client.set('shop-a:endless', '7');
    expect(await store.increment('endless', minute)).toEqual({ count: 8, leftMs: minute });
    expect(await client.pTTL('shop-a:endless')).toBeGreaterThan(0);
  });

  it('keeps stores of different prefixes apart, wake-ups included', async () => {
    const [one, other] = [openStore(rightUrl(), { prefix: 'one:' }), openStore(rightUrl(), { prefix: 'other:' })];
    const told: string[] = [];
    await one.subscribe((topic) => void told.push(`one ${topic}`));
    await other.subscribe((topic) => void told.push(`other ${topic}`));
    await one.set('k', 'a', minute);
    expect(await other.get('k')).toBeUndefined();
    await one.publish('t');
    await other.publish('t');
    await vi.waitFor(() => expect(told.sort()).toEqual(['one t', 'other t']));
  });

  it.each<[string, NonNullable<Parameters<typeof createClient>[0]>]>([
    ['speaks RESP 2', { RESP: 2 }],
    ['maps texts to buffers', { commandOptions: { typeMapping: { 36: Buffer, 43: Buffer, 58: String } } }],
    ['caches what it reads', { RESP: 3, clientSideCache: { ttl: minute, maxEntries: 100, evictPolicy: 'LRU' } }],
    ['prefixes its keys', { keyPrefix: 'app:' }],
    ['uses another database', { database: 3 }],
  ])('works by the settings of a client that %s', async (_, options) => {
    const stores = [0, 1].map(() => createRedisStore({ client: createClient({ url: rightUrl(), ...options }) }));
    const [one, other] = stores as [(typeof stores)[0], (typeof stores)[0]];
    onTestFinished(() => stores.forEach((store) => store.close()));
    const told: string[] = [];
    await one.subscribe((topic) => void told.push(topic));
    const key = `key of ${JSON.stringify(options)}`;
    expect(await one.claim(key, 'a', minute)).toBe(true);
    expect([await one.get(key), await other.claim(key, 'b', minute)]).toEqual(['a', false]);
    await other.set(key, 'b', minute);
    expect(await one.get(key)).toBe('b');
    expect((await one.increment(`${key} count`, minute)).count).toBe(1);
    await other.release(key, 'b');
    expect(await one.get(key)).toBeUndefined();
    await other.publish('t');
    await vi.waitFor(() => expect(told).toEqual(['t']));
  });

  it.each([
    ['a wrong password', () => openStore(urlWith('SECRET-wrong')), 'redisUnavailable', 'WRONGPASS'],
    ['nobody at the address', () => openStore('redis://SECRET-host.invalid:6379'), 'redisUnavailable', 'ENOTFOUND'],
    [
      'a user without permission',
      () => openStore(urlWith('SECRET-weak').replace('default', 'weak')),
      'redisRefused',
      'NOPERM',
    ],
  ])('names %s by its code, and quotes nothing secret', async (_, open, code, causeCode) => {
    await (
      await openClient(rightUrl())
    ).sendCommand(['ACL', 'SETUSER', 'weak', 'on', '>SECRET-weak', '~other:*', '+@all']);
    const store = open();
    let error: unknown;
    await vi.waitFor(
      async () => {
        error = await store.claim('SECRET-key', 'SECRET-value', minute).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(RedisStoreError);
        expect(error).toMatchObject({ code, causeCode });
      },
      { timeout: 8_000 },
    );
    expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toMatch(/SECRET|127\.0|weak/);
    expect((error as Error).cause).toBeUndefined();
  });

  it('says that a subscription was refused', async () => {
    await (
      await openClient(rightUrl())
    ).sendCommand(['ACL', 'SETUSER', 'deaf', 'on', '>deaf', '~*', '+@all', 'resetchannels']);
    const store = openStore(urlWith('deaf').replace('default', 'deaf'));
    await expect(store.subscribe(() => {})).rejects.toMatchObject({ code: 'redisRefused', causeCode: 'NOPERM' });
  });

  it('opens no connection until it is used, two at most, and none after it was closed; yours is left alone', async () => {
    const client = await openClient(rightUrl());
    const count = async () => (await client.sendCommand<string>(['CLIENT', 'LIST'])).trim().split('\n').length;
    const before = await count();
    const store = createRedisStore({ client });
    expect(await count()).toBe(before);
    await Promise.all(Array.from({ length: 50 }, (_, i) => store.set(`k${i}`, 'a', minute)));
    const ends = await Promise.all(Array.from({ length: 50 }, () => store.subscribe(() => {})));
    expect(await count()).toBe(before + 2);
    await Promise.all(ends.map((end) => end()));
    await vi.waitFor(async () => expect(await count()).toBe(before + 1));
    store.close();
    await vi.waitFor(async () => expect(await count()).toBe(before));
    await expect(store.get('k')).rejects.toMatchObject({ code: 'redisClosed' });
    await expect(store.subscribe(() => {})).rejects.toMatchObject({ code: 'redisClosed' });
    expect(await client.get('kyc-reuse-gate:k1')).toBe('a');
  });
});

describe('createRedisStore refuses, by name,', () => {
  const client = createClient();
  it.each<[string, unknown, string]>([
    ['a missing client', {}, '`client`'],
    ['another package’s client', { client: { duplicate: () => {}, status: 'ready', set: () => {} } }, '`client`'],
    ['a time that is no number', { client, timeoutMs: NaN }, '`timeoutMs`'],
    ['no time at all', { client, timeoutMs: 0 }, '`timeoutMs`'],
    ['a prefix that is no text', { client, prefix: 1 }, '`prefix`'],
  ])('%s', (_, options, named) => {
    expect(() => createRedisStore(options as RedisStoreOptions)).toThrow(named);
    expect(() => createRedisStore(options as RedisStoreOptions)).toThrow(TypeError);
  });
});
