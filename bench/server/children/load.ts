import { answerParent } from './answerParent';
import { connectTo, type Connection } from './connection';
import { pathOf, sessionOf } from './session';

/** As many requests as a server can answer, over connections that each carry one at a time. */
export interface LoadOptions {
  readonly port: number;
  /** `reads`: a returning user's GET. `visits`: a first-time user's GET, POST, GET and session key. */
  readonly kind: 'reads' | 'visits';
  readonly connections: number;
  readonly forMs: number;
  /** Names the users, so that no run meets another one's. */
  readonly run: string;
}

/** What came of it. */
export interface Throughput {
  readonly requests: number;
  readonly perSecond: number;
  /** Median time to an answer, in ms. */
  readonly medianMs: number;
  readonly p99Ms: number;
}

async function load({ port, kind, connections, forMs, run }: LoadOptions): Promise<Throughput> {
  const all = await Promise.all(Array.from({ length: connections }, () => connectTo(port)));
  const began = performance.now();
  const times: number[] = [];
  let users = 0;

  async function asked(send: ReturnType<Connection['ask']>, statuses: readonly number[]): Promise<void> {
    const sentAt = performance.now();
    const { status, body } = await send;
    if (!statuses.includes(status)) throw new Error(`${kind} were answered with ${status}: ${body.slice(0, 200)}`);
    times.push(performance.now() - sentAt);
  }

  async function visit({ ask }: Connection): Promise<void> {
    const userId = `${kind === 'reads' ? 'returning' : 'first'}-${run}-${++users}`;
    const [path, session] = [pathOf(userId), sessionOf(userId)];
    await asked(ask('GET', path, session), [200]);
    if (kind === 'reads') return;
    await asked(ask('POST', path, { ...session, 'content-type': 'application/json' }, '{}'), [200]);
    await asked(ask('GET', path, session), [200]);
    await asked(ask('GET', `${path}&session=1`, session), [200]);
  }

  await Promise.all(
    all.map(async (connection) => {
      while (performance.now() - began < forMs) await visit(connection);
      connection.close();
    }),
  );
  const tookMs = performance.now() - began;
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: (1000 * times.length) / tookMs,
    medianMs: times[Math.floor(times.length / 2)] ?? NaN,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? NaN,
  };
}

const commands = { load };
export type LoadCommands = typeof commands;

answerParent(commands);
