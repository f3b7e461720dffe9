import { AsyncLocalStorage } from 'node:async_hooks';
import { parseAnswer } from '../../src/contract/record';
import type { Fetch } from '../../src/server';
import type { Party } from '../contract/DemoApi';

/** A request that the backend received or sent. Never holds a header, a body or a query string. */
export interface TracedRequest {
  readonly seq: number;
  readonly userId: string;
  /** Wall clock, ms. */
  readonly at: number;
  readonly from: Party;
  readonly to: Party;
  readonly method: string;
  readonly path: string;
  /** Asks for a session key. */
  readonly isSession: boolean;
  /** `null` while it is under way. */
  ms: number | null;
  /** `null` while it is under way; 0 where no answer came. */
  status: number | null;
  /** The answer means "no record yet". */
  isAbsent: boolean;
  /** The answer to a POST that was held: it tells what Coinflow has said since the registration. */
  isConfirmed: boolean;
}

type Asked = Pick<TracedRequest, 'from' | 'to' | 'method' | 'path'> & { readonly isSession?: boolean };

/** The backend's own log of who asked whom, by user. */
export interface Trace {
  requestsOf(userId: string): readonly TracedRequest[];
  /** Logs a request until its answer is there; what is sent meanwhile by {@link Trace.fetchOf} is logged for the same user. */
  record(userId: string, asked: Asked, answer: () => Promise<Response>): Promise<Response>;
  /** A `fetch` for the kit that logs what the backend asks this party. */
  fetchOf(to: Party): Fetch;
}

/** Oldest requests are forgotten beyond this many. */
const maxRequests = 2_000;

export function createTrace(): Trace {
  const requests: TracedRequest[] = [];
  const signedIn = new AsyncLocalStorage<string>();
  let seq = 0;

  async function record(userId: string, asked: Asked, answer: () => Promise<Response>): Promise<Response> {
    const entry: TracedRequest = {
      isSession: false,
      ...asked,
      seq: ++seq,
      userId,
      at: Date.now(),
      ms: null,
      status: null,
      isAbsent: false,
      isConfirmed: false,
    };
    requests.push(entry);
    if (requests.length > maxRequests) requests.shift();
    try {
      const response = await signedIn.run(userId, answer);
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      entry.isAbsent = parseAnswer(response.status, body) === null;
      entry.isConfirmed = (body as { confirmed?: unknown } | null | undefined)?.confirmed === true;
      entry.status = response.status;
      return response;
    } catch (error) {
      entry.status = 0;
      throw error;
    } finally {
      entry.ms = Date.now() - entry.at;
    }
  }

  return {
    requestsOf: (userId) => requests.filter((entry) => entry.userId === userId),
    record,
    fetchOf: (to) => (request) => {
      const { pathname: path } = new URL(request.url);
      const send = () => fetch(request);
      const userId = signedIn.getStore();
      return userId === undefined
        ? send()
        : record(
            userId,
            { from: 'backend', to, method: request.method, path, isSession: path.endsWith('/session-key') },
            send,
          );
    },
  };
}
