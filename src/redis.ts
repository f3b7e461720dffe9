export type { KycStore } from './server/store';
export type { RedisClient } from './redis/nodeRedis';
export { RedisStoreError, type RedisStoreErrorCode } from './redis/RedisStoreError';
export { createRedisStore, type RedisStore, type RedisStoreOptions } from './redis/store';
