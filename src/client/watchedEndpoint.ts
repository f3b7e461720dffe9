import { explain } from '../contract/explain';
import { GateError } from '../contract/GateError';
import { isUsable } from '../gate/isUsable';
import { keepBlock } from '../gate/keepBlock';
import type { Endpoint } from './createEndpoint';
import { plainFailure } from './plainFailure';
import type { Watch } from './watchOf';

/**
 * The endpoint as every gate of one subject asks it, and as a registration does for its own reads:
 * nothing is asked before a `Retry-After` has passed, whoever met it, reads stay below Coinflow's limit, whoever makes them, and no block that was seen is forgotten.
 */
export function watchedEndpoint(endpoint: Endpoint, watch: Watch): Endpoint {
  async function unlessHeld<T>(kind: keyof Watch['held'], ask: () => Promise<T>, isSent = false): Promise<T> {
    const held = watch.held[kind];
    if (!isSent && held?.retryAt !== undefined && held.retryAt > Date.now()) throw new GateError(held);
    if (kind === 'read') countRead(watch, isSent);
    try {
      return await ask();
    } catch (error) {
      const failure = plainFailure(error);
      if (failure.retryAt !== undefined) watch.held[kind] = failure;
      throw error;
    }
  }

  return {
    ...endpoint,
    async read(signal, sent) {
      watch.record = keepBlock(watch.record, await unlessHeld('read', () => endpoint.read(signal, sent), !!sent));
      // What this page has registered is there: other tabs may look.
      if (isUsable(watch.record)) watch.release?.();
      return watch.record;
    },
    sessionKey: (signal) => unlessHeld('sessionKey', () => endpoint.sessionKey(signal)),
  };
}

/** Coinflow allows 10 reads of a missing record in 10 s. */
const maxReads = 9;
const limitMs = 10_000;

/** @throws {GateError} `rateLimited`: one more read would be too many */
function countRead(watch: Watch, isSent: boolean): void {
  const now = Date.now();
  // Later ones are of before the clock was set back.
  watch.readTimes = watch.readTimes.filter((at) => at <= now && at > now - limitMs);
  const [oldest = now] = watch.readTimes;
  if (!isSent && watch.readTimes.length >= maxReads)
    throw new GateError({ code: 'rateLimited', message: explain('tooManyReads'), retryAt: oldest + limitMs });
  watch.readTimes.push(now);
}
