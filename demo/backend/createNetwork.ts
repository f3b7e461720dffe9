import { setTimeout as wait } from 'node:timers/promises';
import type { Network } from '../contract/DemoApi';

/** Each way, in ms: with both, about what browsers' developer tools call slow 3G. */
const slowMs = 1_000;

/** Passes requests of one user on, as well as the network lets it. */
export type Connection = (answer: () => Promise<Response>, cut: () => void) => Promise<Response>;

/** Puts a network between the browser and the merchant's backend. On the flaky one every third request never arrives. */
export function createNetwork(network: Network): Connection {
  let requests = 0;
  let lost = 0;
  return async (answer, cut) => {
    if (network === 'slow') {
      await wait(slowMs);
      const response = await answer();
      await wait(slowMs);
      return response;
    }
    if (network === 'flaky' && ++requests % 3 === 2) {
      if (++lost % 2 === 0) {
        cut();
        throw new ConnectionCut();
      }
      return Response.json({ message: 'Service unavailable' }, { status: 503 });
    }
    return answer();
  };
}

/** The connection is gone: nobody is there to be answered. */
export class ConnectionCut extends Error {}
