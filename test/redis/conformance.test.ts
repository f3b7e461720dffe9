import { afterAll, beforeAll, describe } from 'vitest';
import { describeStore } from '../server/store/storeContract';
import { openStore } from './openStores';
import { noRedis, type RedisServer, startRedis } from './redisServer';

describe.skipIf(noRedis)(`on a real Redis${noRedis}`, () => {
  let redis: RedisServer;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.close());

  describeStore('Redis', () => Promise.resolve([openStore(redis.url), openStore(redis.url)]));
});
