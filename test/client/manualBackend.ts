import type { Target } from '../../src/client/request';
import type { WithdrawerRecord } from '../../src/contract/record';
import { formatRecord } from '../../src/contract/wireAnswer';

/** One request that waits for its answer. */
export interface PendingRequest {
  readonly request: Request;
  /** Answers with a record, or with "no record yet". */
  tell(record: WithdrawerRecord | null, confirmed?: boolean): void;
  answer(response: Response): void;
  /** The network fails. */
  drop(): void;
}

let backends = 0;

/** A backend whose answers the test gives, one by one and in any order. Each has an address, and so a room, of its own. */
export function manualBackend(subject = 'u1') {
  const pending: PendingRequest[] = [];
  const fetch = (request: Request) =>
    new Promise<Response>((resolve, reject) => {
      pending.push({
        request,
        tell(record, confirmed) {
          const { httpStatus, body } = formatRecord(record, confirmed);
          resolve(Response.json(body, { status: httpStatus }));
        },
        answer: resolve,
        drop: () => reject(new TypeError('Failed to fetch')),
      });
    });
  const target: Target = { url: new URL(`https://manual.test/${++backends}`), subject, request: { fetch } };
  return {
    target,
    /** The options of a gate over this backend. */
    options: { endpoint: target.url.href, subject, request: { fetch } },
    /** Methods of all requests so far. */
    methods: () => pending.map(({ request }) => request.method),
    /** The request number `index`, the first being 0. */
    at(index: number): PendingRequest {
      const found = pending[index];
      if (!found) throw new Error(`Request ${index} has not arrived: there are ${pending.length}.`);
      return found;
    },
  };
}

/** What a browser makes of a redirect that it was told not to follow. */
export function redirect(): Response {
  // `Response` has no constructor for one.
  return Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } });
}

/** Lets promises settle; no time passes. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}
