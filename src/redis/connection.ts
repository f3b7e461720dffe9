import { duplicateOf, type NodeRedis, type RedisClient } from './nodeRedis';
import { causeCodeOf, redisErrorOf, RedisStoreError } from './RedisStoreError';

/** A connection on which every call ends in time. */
export interface Connection {
  /**
   * Runs one command. The first one opens the connection, and waits for it.
   *
   * @param late called with a result that came after this had thrown `redisTimeout`
   * @throws {RedisStoreError} `redisTimeout`, `redisUnavailable`, `redisRefused`, `redisClosed`
   */
  call<T>(command: (redis: NodeRedis) => Promise<T>, late?: (result: T) => unknown): Promise<T>;
  close(): void;
}

/** A connection that answers nothing for this long while it is asked is replaced by a new one, in ms. */
const silenceMs = 3_000;

/** @param timeoutMs the longest a call may take, in ms */
export function createConnection(client: RedisClient, timeoutMs: number): Connection {
  let current: { readonly redis: NodeRedis; readonly ready: Promise<unknown>; readonly openedAt: number } | undefined;
  let isClosed = false;
  /** When the first call went out that is unanswered still, with none answered since. */
  let silentSince: number | undefined;
  let lastCauseCode: string | undefined;

  function open(): NonNullable<typeof current> {
    const redis = duplicateOf(client, (error) => (lastCauseCode = causeCodeOf(error)));
    const ready = redis.connect();
    // It reconnects for ever, so this only rejects when it is closed.
    ready.catch(() => {});
    return (current = { redis, ready, openedAt: performance.now() });
  }

  function giveUp(): void {
    current?.redis.destroy();
    current = undefined;
    silentSince = undefined;
  }

  async function run<T>(command: (redis: NodeRedis) => Promise<T>, isOver: () => boolean): Promise<T> {
    const { redis, ready, openedAt } = current ?? open();
    if (!redis.isReady) {
      // Wait for a connection that is being opened, not for one that is away: then each request would pay for it.
      if (performance.now() - openedAt >= timeoutMs) throw new RedisStoreError('redisUnavailable', lastCauseCode);
      await ready;
      // Its caller has been told that it failed: a claim made now would be nobody's.
      if (isOver()) throw new RedisStoreError('redisUnavailable', lastCauseCode);
    }
    try {
      const result = await command(redis);
      silentSince = undefined;
      return result;
    } catch (error) {
      const told = redisErrorOf(error);
      if (told.code === 'redisRefused') silentSince = undefined;
      throw told;
    }
  }

  return {
    call(command, late) {
      if (isClosed) return Promise.reject(new RedisStoreError('redisClosed'));
      const startedAt = performance.now();
      let isLate = false;
      const result = run(command, () => isLate);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          isLate = true;
          const isReady = current?.redis.isReady === true;
          reject(
            isReady ? new RedisStoreError('redisTimeout') : new RedisStoreError('redisUnavailable', lastCauseCode),
          );
          if (!isReady) return;
          // Writing keeps a dead connection's idle timer from running out, so count for ourselves.
          silentSince ??= startedAt;
          if (performance.now() - silentSince >= silenceMs) giveUp();
        }, timeoutMs);
        result.then(
          (value) => {
            clearTimeout(timer);
            if (isLate) late?.(value);
            else resolve(value);
          },
          (error: unknown) => {
            clearTimeout(timer);
            reject(redisErrorOf(error));
          },
        );
      });
    },
    close() {
      isClosed = true;
      giveUp();
    },
  };
}
