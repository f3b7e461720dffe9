import { median } from '../median';
import { table } from '../report/reach';
import type { HandWrittenCommands } from './children/handWritten';
import type { LoadCommands, LoadOptions, Throughput } from './children/load';
import type { Section } from './figures';
import { type Child, startChild } from './startChild';

/** Each server's turn, in ms. */
const turnMs = 1_300;

/** Forth and back, so that a machine that warms up or slows down favours none. */
const order = ['kit', 'proxy', 'fetch', 'fetch', 'proxy', 'kit'] as const;
const blocks = 3;

const connections = 32;

interface Turn extends Throughput {
  /** CPU time of the server for each request, in ms. */
  readonly cpuMs: number;
}

/** The kit answers the same commands, and more. */
type Servers = Readonly<Record<(typeof order)[number], Child<HandWrittenCommands>>>;

/** The kit beside a proxy written by hand, with the load and Coinflow in processes of their own. */
export async function measureThroughput(): Promise<Section> {
  const stub = await startChild('stub');
  const upstreams = { coinflow: stub.url, sumsub: stub.url };
  const servers: Servers = {
    kit: await startChild<HandWrittenCommands>('kit', upstreams),
    proxy: await startChild<HandWrittenCommands>('handWritten', upstreams),
    fetch: await startChild<HandWrittenCommands>('handWritten', { ...upstreams, isFetchHandler: true }),
  };
  const load = await startChild<LoadCommands>('load');
  const reads = await compare('reads', servers, load);
  const visits = await compare('visits', servers, load);
  for (const child of [load, ...Object.values(servers), stub]) await child.end();
  return {
    title: 'Throughput',
    text: `${method}

${[reads, visits].map(({ text }) => text).join('\n\n')}

${explanation}`,
    found: { reads: reads.found, visits: visits.found },
  };
}

async function compare(kind: LoadOptions['kind'], servers: Servers, load: Child<LoadCommands>) {
  let runs = 0;
  const turn = async (server: keyof Servers, forMs: number): Promise<Turn> => {
    const { port, ask } = servers[server];
    const before = await ask('cpuMs');
    const throughput = await load.ask('load', { port, kind, connections, forMs, run: `${kind}-${++runs}` });
    return { ...throughput, cpuMs: ((await ask('cpuMs')) - before) / throughput.requests };
  };
  for (const server of names) await turn(server, turnMs);
  const turns: Record<keyof Servers, Turn[]> = { kit: [], proxy: [], fetch: [] };
  for (let block = 0; block < blocks; block++)
    for (const server of order) turns[server].push(await turn(server, turnMs));

  const ofTurns = (server: keyof Servers, value: (turn: Turn) => number) => median(turns[server].map(value));
  const cpuMs = (server: keyof Servers) => ofTurns(server, (turn) => turn.cpuMs);
  /** Of the turns that stand beside each other in a block. */
  const ratiosOf = (server: keyof Servers) =>
    turns[server].map(({ perSecond }, i) => perSecond / (turns.proxy[i]?.perSecond ?? NaN));
  const rate = (server: keyof Servers) =>
    Math.round(ofTurns(server, ({ perSecond }) => perSecond)).toLocaleString('en');
  const rows = names.map((server) => {
    const ratios = ratiosOf(server);
    return [
      titles[server],
      rate(server),
      server === 'proxy' ? '1' : `${median(ratios).toFixed(2)} (${rangeOf(ratios)})`,
      `${cpuMs(server).toFixed(3)} ms`,
      server === 'proxy' ? '1' : (cpuMs('proxy') / cpuMs(server)).toFixed(2),
      `${ofTurns(server, ({ medianMs }) => medianMs).toFixed(1)} / ${ofTurns(server, ({ p99Ms }) => p99Ms).toFixed(0)} ms`,
    ];
  });
  const ratios = ratiosOf('kit');
  const head = ['requests/s', 'ratio, median (range)', 'CPU per request', 'ratio', 'answer, median / p99'];
  return {
    text: `${kind === 'reads' ? 'Reads of a returning user' : 'First visits: GET, POST, GET, session key'}:\n\n${table(['', ...head], rows, 1)}`,
    found: {
      isReached: median(ratios) >= 0.9,
      found: `${median(ratios).toFixed(2)} (${rangeOf(ratios)} over ${ratios.length} pairs): ${rate('kit')} requests/s beside ${rate('proxy')}; the same proxy as a Fetch API handler ${median(ratiosOf('fetch')).toFixed(2)}`,
    },
  };
}

const names = ['kit', 'proxy', 'fetch'] as const;

const titles = {
  kit: 'Kit',
  proxy: 'By hand',
  fetch: 'By hand, as a Fetch API handler behind `createNodeListener`',
} as const;

function rangeOf(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
}

const method = `Turns of ${turnMs / 1_000} s, forth and back ${blocks} times, over ${connections} keep-alive connections. The hand-written proxy serves the same contract on \`node:http\` and \`fetch\`: who is signed in, whose subject, no cross-site request, a time limit for each fetch, Coinflow's answer trimmed. It has no leases, limits, shared reads or ETags. Every request is of a user not seen before. Coinflow and Sumsub are a stub that answers with the simulator's bytes over a bare socket: the simulator would take much of the two cores that are measured.`;

const explanation = `What separates the kit from a proxy by hand: the Fetch API's \`Request\`, \`Response\` and their abort signals and body streams, which the third row has too; and what the proxy doesn't do: the user's hash and the answer's ETag, the budgets and the watchlist block in the store, reads that are shared and end with the last browser, a time limit that also holds where \`fetch\` ignores its signal.`;
