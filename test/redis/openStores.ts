import { createClient } from 'redis';
import { onTestFinished } from 'vitest';
import { createRedisStore, type RedisStoreOptions } from '../../src/redis';

/** A store on its own client, as each instance of a backend has. Closed with the test. */
export function openStore(url: string, options: Partial<RedisStoreOptions> = {}) {
  const store = createRedisStore({ client: createClient({ url }), ...options });
  onTestFinished(() => store.close());
  return store;
}

/** A connected client to look at Redis from outside. Closed with the test. */
export async function openClient(url: string) {
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return client;
}
