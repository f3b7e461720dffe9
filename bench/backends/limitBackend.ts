import { setTimeout as wait } from 'node:timers/promises';
import { type Simulator, userKeyOf } from '../../simulator';
import type { Backend } from './plainBackend';

/** A backend that is told the moment a record becomes readable: it answers a registration exactly then. No real one can know. */
export function createLimitBackend(simulator: Simulator, plain: Backend): Backend {
  return async (request, userId) => {
    const response = await plain(request, userId);
    if (request.method !== 'POST') return response;
    const registered = simulator.log.findLast(
      (entry) => entry.userKey === userKeyOf(userId) && entry.readableAt !== undefined,
    );
    // One more: a timer may fire a little early.
    await wait(1 + Math.max(0, (registered?.readableAt ?? 0) - simulator.config.now()));
    return plain(new Request(request.url), userId);
  };
}
