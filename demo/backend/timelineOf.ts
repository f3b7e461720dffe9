import { type LogEntry, userKeyOf } from '../../simulator';
import type { Timeline, TimelineEntry } from '../contract/DemoApi';
import type { TracedRequest } from './createTrace';
import { describe } from './describe';

interface Sources {
  readonly userId: string;
  /** When the user signed in, wall-clock ms: a record that was there before is dated so. */
  readonly signedInAt: number;
  /** What the backend received and sent, for this user. */
  readonly requests: readonly TracedRequest[];
  /** The simulator's log; empty where the providers are real. */
  readonly log: readonly LogEntry[];
  /** Wall clock, ms. Earlier requests are left out. */
  readonly since: number;
  /** Wall clock, ms. */
  readonly now: number;
}

/** Merges what the backend saw with what only Coinflow sees: when the record came to exist, and who asked for the payout page. */
export function timelineOf({ userId, signedInAt, requests, log, since, now }: Sources): Timeline {
  const simulated = log.filter((entry) => entry.userKey === userKeyOf(userId));
  const pages = simulated.filter(({ service, at }) => service === 'page' && at >= since);
  const entries = [...requests.filter(({ at }) => at >= since).map(entryOf), ...pages.map(entryOfPage)];
  return {
    entries: entries.sort((a, b) => a.at - b.at),
    recordAt: recordAtOf(requests, simulated, signedInAt, now),
    formAt: pages[0]?.at ?? null,
  };
}

function recordAtOf(
  requests: readonly TracedRequest[],
  simulated: readonly LogEntry[],
  signedInAt: number,
  now: number,
): number | null {
  const readableAt = simulated.findLast((entry) => entry.readableAt !== undefined)?.readableAt;
  if (readableAt !== undefined) return readableAt <= now ? readableAt : null;
  if (simulated.some(({ recordExisted }) => recordExisted)) return signedInAt;
  const reads = requests.filter(({ to, method, isSession }) => to === 'coinflow' && method === 'GET' && !isSession);
  const found = reads.find(({ status }) => status === 200 || status === 451);
  if (!found) return null;
  // Real providers do not tell when; the first read that finds it is the nearest one can know.
  return found === reads.find(({ status }) => status !== null) ? signedInAt : found.at + (found.ms ?? 0);
}

function entryOf(request: TracedRequest): TimelineEntry {
  const { seq, at, ms, from, to, method, status } = request;
  return { id: `r${seq}`, at, ms, from, to, method, status, ...describe(request) };
}

function entryOfPage({ seq, at, method, status, recordExisted }: LogEntry): TimelineEntry {
  const answer = recordExisted ? 'Here it is' : 'Verify your identity first';
  const words = describe({ to: 'page', method, isSession: false, isAbsent: false, isConfirmed: false, status });
  return {
    id: `p${seq}`,
    at,
    ms: 0,
    from: 'browser',
    to: 'page',
    method,
    status,
    ...words,
    answer,
    tone: recordExisted ? 'good' : 'bad',
  };
}
