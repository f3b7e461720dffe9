/** What the store needs to see of the client you pass: anything that node-redis 6's `createClient` returns. */
export interface RedisClient {
  readonly isReady: boolean;
  readonly options?: { readonly socket?: object };
  duplicate(overrides?: object): unknown;
}

/** The part of a node-redis client that the store uses. Its high-level commands heed the client's own `keyPrefix`. */
export interface NodeRedis {
  readonly isReady: boolean;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  connect(): Promise<unknown>;
  destroy(): void;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { PX: number; NX?: true }): Promise<string | null>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<void>;
}

/** @throws {TypeError} not a client of node-redis's `createClient` */
export function checkClient(client: unknown): asserts client is RedisClient {
  const { duplicate, isReady, set } = (client ?? {}) as Record<string, unknown>;
  if (typeof duplicate === 'function' && typeof isReady === 'boolean' && typeof set === 'function') return;
  throw new TypeError(
    'kyc-reuse-gate: `client` is not a client of the package `redis`. Pass createClient({ url }); ioredis, clusters and pools are not supported.',
  );
}

/**
 * Creates another client with the same address, credentials and TLS settings. It reconnects for ever, since a store that
 * has given up is worse than one that is late, and notices within about 8 s that a connection has gone silent.
 */
export function duplicateOf(client: RedisClient, onError: (error: unknown) => void): NodeRedis {
  const duplicate = client.duplicate({
    socket: { ...client.options?.socket, reconnectStrategy: reconnectInMs, socketTimeout: 6_000 },
    // So that only a dead connection is ever silent for that long.
    pingInterval: 2_000,
    // A claim that waits for Redis to come back would be made for a request that is long over.
    disableOfflineQueue: true,
    // Calls that nobody answers stay queued until the connection is given up: bound them.
    commandsQueueMaxLength: 10_000,
    // Yours may map texts to buffers, or answer from a cache.
    commandOptions: {},
    clientSideCache: undefined,
    emitInvalidate: undefined,
  }) as NodeRedis;
  // An 'error' event that nobody listens to would end the process.
  duplicate.on('error', onError);
  return duplicate;
}

/** node-redis's own strategy stops after a socket timeout. Jitter, so that a fleet doesn't return all at once. */
function reconnectInMs(retries: number): number {
  return Math.min(50 * 2 ** retries, 1_000) * (0.5 + Math.random() / 2);
}
