import type { KycStore } from '../server/store';
import { checkClient, type RedisClient } from './nodeRedis';
import { createConnection } from './connection';
import { createSubscription } from './subscription';

/** Options of {@link createRedisStore}. */
export interface RedisStoreOptions {
  /**
   * A client of the package `redis` (node-redis 6): `createClient({ url })`. The store takes its settings and opens
   * two connections of its own when it is first used, one of them for wake-ups. Yours needn't be connected, and may serve
   * the rest of your application.
   */
  readonly client: RedisClient;
  /**
   * Begins every key, and the name of the one channel. Two environments on one Redis need two prefixes.
   * @default 'kyc-reuse-gate:'
   */
  readonly prefix?: string;
  /**
   * The longest a call may take, in ms. Calls don't queue while Redis is away: they fail.
   * @default 500
   */
  readonly timeoutMs?: number;
}

/** A store over Redis. Its methods throw {@link RedisStoreError}; the kit survives that. */
export interface RedisStore extends KycStore {
  /** Closes the store's own connections, not your client. Calls still out fail. */
  close(): void;
}

/** Deletes the key if it still holds this value: somebody else may have claimed it since. */
const releaseScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Prolongs the key if it still holds this value. */
const renewScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;

/** Counts, and gives the key an end if it has none: in one script, so that no count can stay for ever. */
const incrementScript = `local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return { count, left }`;

/**
 * Creates a store that all instances of your backend share, so that a user is registered once whichever instance answers,
 * and a webhook that reaches one wakes the requests held by the others.
 *
 * ```ts
 * import { createClient } from 'redis';
 * import { createRedisStore } from 'kyc-reuse-gate/redis';
 *
 * const store = createRedisStore({ client: createClient({ url: process.env.REDIS_URL }) });
 * export const kyc = createKycReuseHandler({ store, … });
 * ```
 *
 * Needs Redis 2.6.12 or later, or what speaks its protocol. Keys hold hashes only, and all of them expire.
 *
 * @throws {TypeError} an option is missing or invalid; the message names it
 */
export function createRedisStore({
  client,
  prefix = 'kyc-reuse-gate:',
  timeoutMs = 500,
}: RedisStoreOptions): RedisStore {
  checkClient(client);
  if (typeof prefix !== 'string') throw new TypeError('kyc-reuse-gate: `prefix` is not a text.');
  if (!Number.isFinite(timeoutMs) || timeoutMs <= 0)
    throw new TypeError('kyc-reuse-gate: `timeoutMs` is not a number of milliseconds above 0. Leave it out for 500.');
  const connection = createConnection(client, timeoutMs);
  const wakeUps = createSubscription(client, `${prefix}topics`, timeoutMs);

  const release = (key: string, value: string) =>
    connection.call((redis) => redis.eval(releaseScript, { keys: [prefix + key], arguments: [value] }));

  return {
    async get(key) {
      return (await connection.call((redis) => redis.get(prefix + key))) ?? undefined;
    },
    async set(key, value, forMs) {
      await connection.call((redis) => redis.set(prefix + key, value, { PX: wholeMs(forMs) }));
    },
    async claim(key, value, forMs) {
      const reply = await connection.call(
        (redis) => redis.set(prefix + key, value, { PX: wholeMs(forMs), NX: true }),
        // The caller was told that it failed, so nobody would release it.
        (late) => late !== null && release(key, value).catch(() => {}),
      );
      return reply !== null;
    },
    async renew(key, value, forMs) {
      const reply = await connection.call((redis) =>
        redis.eval(renewScript, { keys: [prefix + key], arguments: [value, String(wholeMs(forMs))] }),
      );
      return reply === 1;
    },
    async release(key, value) {
      await release(key, value);
    },
    async increment(key, forMs) {
      const reply = await connection.call((redis) =>
        redis.eval(incrementScript, { keys: [prefix + key], arguments: [String(wholeMs(forMs))] }),
      );
      const [count, leftMs] = reply as [number, number];
      return { count, leftMs };
    },
    async publish(topic) {
      await connection.call((redis) => redis.publish(`${prefix}topics`, topic));
    },
    subscribe: (onTopic) => wakeUps.add(onTopic),
    close() {
      connection.close();
      wakeUps.close();
    },
  };
}

/** Redis takes whole milliseconds, at least one. */
function wholeMs(ms: number): number {
  return Math.max(1, Math.ceil(ms));
}
