import { duplicateOf, type NodeRedis, type RedisClient } from './nodeRedis';
import { redisErrorOf, RedisStoreError } from './RedisStoreError';

/** One connection that listens to one channel, for all listeners of this process. */
export interface Subscription {
  /**
   * Resolves when Redis has confirmed the subscription, or after `timeoutMs`: it then goes on trying, and what is published
   * meanwhile is lost. After a disconnection it subscribes again by itself.
   *
   * @returns ends it
   * @throws {RedisStoreError} `redisRefused`, `redisClosed`
   */
  add(listener: (message: string) => void): Promise<() => Promise<void>>;
  close(): void;
}

/** The pause between attempts to subscribe, in ms. */
const againMs = 200;

/** The connection opens with the first listener and closes with the last. */
export function createSubscription(client: RedisClient, channel: string, timeoutMs: number): Subscription {
  const listeners = new Set<{ readonly tell: (message: string) => void }>();
  let current: { readonly redis: NodeRedis; readonly standing: Promise<void> } | undefined;
  let isClosed = false;

  function open(): NonNullable<typeof current> {
    const redis = duplicateOf(client, () => {});
    const standing = subscribe(redis);
    // Whoever subscribes waits for it, but for `timeoutMs` only.
    standing.catch(() => {});
    return (current = { redis, standing });
  }

  async function subscribe(redis: NodeRedis): Promise<void> {
    await redis.connect();
    // node-redis renews a subscription that stood once. Until then a broken connection loses it.
    for (;;) {
      try {
        await redis.subscribe(channel, (message) => {
          for (const { tell } of listeners) tell(message);
        });
        return;
      } catch (error) {
        const told = redisErrorOf(error);
        if (current?.redis !== redis || told.code === 'redisRefused') throw told;
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  }

  function disconnect(): void {
    const open = current;
    current = undefined;
    open?.redis.destroy();
  }

  return {
    async add(tell) {
      if (isClosed) throw new RedisStoreError('redisClosed');
      const listener = { tell };
      listeners.add(listener);
      const end = () => {
        listeners.delete(listener);
        if (listeners.size === 0) disconnect();
        return Promise.resolve();
      };
      const { standing } = current ?? open();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
      try {
        await Promise.race([standing, patience]);
        return end;
      } catch (error) {
        await end();
        throw isClosed ? new RedisStoreError('redisClosed') : redisErrorOf(error);
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      isClosed = true;
      listeners.clear();
      disconnect();
    },
  };
}
