import { SourceMap, type SourceMapPayload } from 'node:module';
import type { BuiltPage } from './buildPage';

/** A task of the page's main thread that took longer than 50 ms of its processor's time, so that other programs' work does not count. */
export interface LongTask {
  readonly ms: number;
  /** Of that, what code of ours took, with all it called. */
  readonly oursMs: number;
  /** Where most of its samples were: package or file, in ms. */
  readonly mostly: string;
}

/** What has to be traced. */
export const traceCategories = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
];

interface Frame {
  readonly url?: string;
  readonly functionName: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly id?: string;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, what the thread had the processor for. The browser's throttling counts as work. */
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly data?: {
      readonly startTime?: number;
      readonly timeDeltas?: readonly number[];
      readonly cpuProfile?: {
        readonly nodes?: readonly { readonly id: number; readonly parent?: number; readonly callFrame: Frame }[];
        readonly samples?: readonly number[];
      };
    };
  };
}

interface Sample {
  /** Microseconds, on the trace's clock. */
  readonly from: number;
  readonly to: number;
  readonly isOurs: boolean;
  readonly where: string;
}

const longMs = 50;

/** What our own files are called. */
const own = 'kyc-reuse-gate/';

/** Reads a trace: which tasks of the page's main thread were long, and what part of each, and of any, was ours. */
export function readLongTasks(json: string, page: BuiltPage): { longTasks: LongTask[]; longestOfOursMs: number } {
  const trace = JSON.parse(json) as { traceEvents: readonly TraceEvent[] };
  const { samples, pid } = readSamples(trace.traceEvents, createLocator(page));
  const mainThread = trace.traceEvents.find(
    (event) => event.pid === pid && event.name === 'thread_name' && event.args.name === 'CrRendererMain',
  )?.tid;
  const tasks = trace.traceEvents
    .filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === mainThread)
    .map((event) => taskOf(event, samples));
  if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
  return {
    longTasks: tasks.filter(({ ms }) => ms > longMs),
    longestOfOursMs: Math.max(...tasks.map(({ oursMs }) => oursMs)),
  };
}

function taskOf({ ts, dur = 0, tdur = dur }: TraceEvent, samples: readonly Sample[]): LongTask {
  const busy = dur === 0 ? 0 : tdur / dur;
  const spent = new Map<string, number>();
  let ours = 0;
  for (const { from, to, isOurs, where } of samples) {
    const overlap = Math.min(to, ts + dur) - Math.max(from, ts);
    if (overlap <= 0) continue;
    if (isOurs) ours += overlap;
    spent.set(where, (spent.get(where) ?? 0) + overlap);
  }
  const [most] = [...spent].sort(([, a], [, b]) => b - a);
  return {
    ms: msOf(tdur),
    oursMs: msOf(ours * busy),
    mostly: most ? `${most[0]}, ${msOf(most[1] * busy)} ms` : 'no script',
  };
}

/** Samples of the process in which our page ran. */
function readSamples(events: readonly TraceEvent[], locate: (frame: Frame) => string) {
  const pid = events.find(({ args }) =>
    args.data?.cpuProfile?.nodes?.some(({ callFrame }) => locate(callFrame) !== ''),
  )?.pid;
  const nodes = new Map<number, { readonly isOurs: boolean; readonly where: string }>();
  const samples: Sample[] = [];
  let at = events.find((event) => event.name === 'Profile' && event.pid === pid)?.args.data?.startTime ?? 0;
  for (const event of events.filter(({ name, pid: own }) => name === 'ProfileChunk' && own === pid)) {
    const { cpuProfile, timeDeltas = [] } = event.args.data ?? {};
    for (const { id, parent, callFrame } of cpuProfile?.nodes ?? []) {
      const caller = parent === undefined ? undefined : nodes.get(parent);
      const where = locate(callFrame);
      nodes.set(id, {
        isOurs: where.startsWith(own) || (caller?.isOurs ?? false),
        where: where || callFrame.functionName || 'unknown',
      });
    }
    for (const [index, id] of (cpuProfile?.samples ?? []).entries()) {
      const last = samples.at(-1);
      at += timeDeltas[index] ?? 0;
      if (last) samples[samples.length - 1] = { ...last, to: at };
      samples.push({ from: at, to: at, ...(nodes.get(id) ?? { isOurs: false, where: 'unknown' }) });
    }
  }
  return { pid, samples };
}

/** Says whose code a frame is, by the page's source maps; empty for what is not of the page. */
function createLocator(page: BuiltPage): (frame: Frame) => string {
  const maps = new Map<string, SourceMap>();
  for (const [name, { text }] of page)
    if (name.endsWith('.js.map')) maps.set(name, new SourceMap(JSON.parse(text) as SourceMapPayload));
  return ({ url = '', lineNumber = 0, columnNumber = 0 }) => {
    const map = maps.get(`assets/${url.split('/assets/')[1] ?? ''}.map`);
    const entry = map?.findEntry(lineNumber, columnNumber);
    // A few segments of a map name no source.
    const originalSource: unknown = entry && 'originalSource' in entry ? entry.originalSource : undefined;
    if (typeof originalSource !== 'string') return map ? 'bundler' : '';
    const [, ownFile] = /\/dist\/([\w-]+\.js)$/.exec(originalSource) ?? [];
    if (ownFile !== undefined && !originalSource.includes('node_modules')) return `${own}${ownFile}`;
    const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(originalSource) ?? [];
    return name ?? originalSource.replace(/^.*\/pages\//, '');
  };
}

function msOf(microseconds: number): number {
  return Math.round(microseconds / 100) / 10;
}
