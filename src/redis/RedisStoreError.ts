/**
 * Why Redis didn't do what was asked:
 * - `redisTimeout`: no answer in time. It may have been done all the same.
 * - `redisUnavailable`: there is no connection, or it broke.
 * - `redisRefused`: Redis answered with an error, such as missing permissions or no memory.
 * - `redisClosed`: the store was closed.
 */
export type RedisStoreErrorCode = 'redisTimeout' | 'redisUnavailable' | 'redisRefused' | 'redisClosed';

const messages: Record<RedisStoreErrorCode, string> = {
  redisTimeout: 'Redis did not answer in time. Check its load and the network, or raise `timeoutMs`.',
  redisUnavailable:
    'Redis cannot be reached. Check that it runs and that the client’s address and credentials are right.',
  redisRefused:
    'Redis refused a command. Check its memory and that the user may run GET, SET, EVAL, INCR, PEXPIRE, PTTL, DEL, PUBLISH and SUBSCRIBE on the store’s prefix.',
  redisClosed: 'The Redis store was closed. Create a new one.',
};

/** What the store throws. It holds no key, value, address or credential: only Redis's or Node's own code, such as `NOPERM` or `ECONNREFUSED`. */
export class RedisStoreError extends Error {
  override readonly name = 'RedisStoreError';
  constructor(
    readonly code: RedisStoreErrorCode,
    readonly causeCode?: string,
  ) {
    super(`${messages[code]}${causeCode === undefined ? '' : ` (${causeCode})`}`);
  }
}

/** Keeps the code of an error of node-redis and nothing else: its text may quote addresses, keys or users. */
export function redisErrorOf(error: unknown): RedisStoreError {
  if (error instanceof RedisStoreError) return error;
  const refusal = refusalOf(error);
  return refusal === undefined
    ? new RedisStoreError('redisUnavailable', causeCodeOf(error))
    : new RedisStoreError('redisRefused', refusal);
}

/** `NOAUTH`, `ECONNREFUSED`, … */
export function causeCodeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? code : refusalOf(error);
}

/** The first word of an error that Redis answered with, such as `NOPERM`. Told by its text, so as not to load node-redis. */
function refusalOf(error: unknown): string | undefined {
  return error instanceof Error ? /^([A-Z]{2,40})(?: |$)/.exec(error.message)?.[1] : undefined;
}
