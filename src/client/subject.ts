import { explain } from '../contract/explain';
import { GateError, type GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/record';
import { isUsable, keepBlock } from '../gate/reading';
import type { ReadAnswer, ReadKind, RegistrationResult, RequestFailures } from '../gate/snapshot';
import { plainFailure, readRecord } from './endpoint';
import { warnOnce } from './options';
import { prefersWait, type Target } from './request';
import { takeTurn, type Turn } from './turn';

/**
 * Everything that the gates of one subject and endpoint share on a page: what was read, how the reads are doing, how
 * long the backend wants to be left alone, and the one registration. The only place for such facts.
 */
export interface SubjectRoom {
  /** Endpoint and subject as one string; also the name of the lock. */
  readonly name: string;
  /** Running gates, each called on every change. */
  readonly gates: Set<() => void>;

  /** The latest answer of Get Withdrawer, no matter which gate asked. */
  answer?: ReadAnswer;
  /** The last known record, for fields that a later answer omits. */
  record?: WithdrawerRecord | null;
  recordSeen: boolean;
  /** Consecutive failed reads. */
  failed?: RequestFailures | undefined;
  /** The latest read that left, answered or not. */
  lastRead: { readonly seq: number; readonly at: number };
  /** Aborts the pending reads. */
  readonly out: Set<AbortController>;
  /** Aborts the read that the backend holds. */
  stopWatching?: (() => void) | undefined;
  /** The backend doesn't hold reads, or one was cut off: from then on, reads are plain. */
  isPlain?: boolean;
  /** When recent reads left, oldest first. */
  readTimes: readonly number[];
  /** The latest failure of each kind that carried a `Retry-After`. */
  readonly held: { read?: GateFailure; sessionKey?: GateFailure };

  /** What was fetched for a gate before it mounted. */
  prefetched?: Prefetched | undefined;

  /** The lock, held since a read found no record. A registration that follows at once takes it over. */
  turn?: Turn | undefined;
  /** Releases a lock that is no longer needed, or stops waiting for one. */
  letGo?: (() => void) | undefined;
  isRegistering: boolean;
  /** When the latest POSTs left. */
  postTimes: readonly number[];
  registration?: RegistrationResult;
}

/** A gate's first requests, sent before it mounted. */
export interface Prefetched {
  /** Wall-clock ms. */
  readonly at: number;
  answer?: ReadAnswer;
  key?: Promise<string> | undefined;
}

const rooms = new Map<string, SubjectRoom>();

/**
 * Finds or creates the room of a subject. It lives as long as the page, so that a gate that mounts
 * again knows what was registered.
 */
export function roomOf({ url, subject }: Pick<Target, 'url' | 'subject'>): SubjectRoom {
  // The resolved URL: gates that spell the same endpoint differently share one registration.
  const name = JSON.stringify([url.href, subject]);
  const room = rooms.get(name) ?? createRoom(name);
  // A server renders for many users in one process, so keep nothing there.
  if (typeof window !== 'undefined') rooms.set(name, room);
  return room;
}

function createRoom(name: string): SubjectRoom {
  return {
    name,
    gates: new Set(),
    recordSeen: false,
    lastRead: { seq: 0, at: 0 },
    out: new Set(),
    readTimes: [],
    held: {},
    isRegistering: false,
    postTimes: [],
  };
}

/** Whether this page has asked nothing about this subject yet. */
export function isUntouched({ lastRead, isRegistering, registration }: SubjectRoom): boolean {
  return lastRead.seq === 0 && !isRegistering && !registration;
}

let lastSeq = 0;

/** Draws the next number in the page's order of reads, registrations and clicks; see `GateSnapshot`. */
export function nextSeq(): number {
  return ++lastSeq;
}

/** Makes every gate in the room decide again. */
export function tell(room: SubjectRoom): void {
  for (const decide of [...room.gates]) decide();
  // No gate took the lock over to register, so let other tabs have it.
  room.turn?.release();
  room.turn = undefined;
}

/** Only one tab holds a read, by this lock: browsers open few connections to a server. */
const watchLock = 'watch';

/** Longest wait for that lock, in ms. A browser that takes longer may never answer. */
const watchLockMs = 500;

/**
 * Reads the record once. Respects a `Retry-After`, no matter which gate got it, and Coinflow's limit.
 *
 * @param signal aborts the read; an aborted read counts neither as a success nor as a failure
 * @throws {GateError} the coded failure; `rateLimited` if no read is allowed yet
 */
export async function readOnce(
  room: SubjectRoom,
  target: Target,
  signal?: AbortSignal,
  kind: ReadKind = 'read',
): Promise<ReadAnswer> {
  const now = Date.now();
  const allowedAt = readAllowedAt(room);
  if (allowedAt > now) {
    throw new GateError(
      room.held.read ?? { code: 'rateLimited', message: explain('tooManyReads'), retryAt: allowedAt },
    );
  }
  const left = (room.lastRead = { seq: nextSeq(), at: now });
  room.readTimes = [...room.readTimes, now];
  const abort = new AbortController();
  const stop = () => {
    // Removed at once, because those who hear of the abort may read again right away.
    room.out.delete(abort);
    abort.abort();
  };
  // Stays among the pending ones until it has ended: nobody reads anew before that.
  const stopWatching = () => abort.abort();
  const goOnPlainly = () => void (room.isPlain = true);
  signal?.addEventListener('abort', stop);
  room.out.add(abort);
  let turn: Turn | undefined;
  let watch: Turn | undefined;
  try {
    if (kind === 'look') turn = await takeTurn(room.name);
    if (kind === 'watch' && room.answer?.etag && !room.isPlain && prefersWait(target)) {
      room.stopWatching = stopWatching;
      watch = await takeTurn(watchLock);
      if (!watch) room.stopWatching = undefined;
      if (Date.now() - now > watchLockMs) goOnPlainly();
    }
    const told = await readRecord(target, abort.signal, room.answer, watch && goOnPlainly);
    const answer = noteAnswer(room, { ...told, ...left });
    room.turn ??= turn;
    return answer;
  } catch (error) {
    turn?.release();
    if (!abort.signal.aborted) {
      noteRetryAfter(room, 'read', error);
      // Many proxies cut off a request that waits, and some refuse its headers: a plain read tells what is wrong, if anything.
      if (watch && !isAboutUser(plainFailure(error))) goOnPlainly();
      // Older than the latest answer, it says nothing of how reads fare now.
      else if (left.seq > (room.answer?.seq ?? 0)) room.failed = countFailure(room.failed, error);
    }
    throw error;
  } finally {
    watch?.release();
    if (room.stopWatching === stopWatching) room.stopWatching = undefined;
    room.out.delete(abort);
    signal?.removeEventListener('abort', stop);
  }
}

/** Whether a held read failed because of who is signed in, or of a limit: a plain one would, too. */
function isAboutUser({ code }: GateFailure): boolean {
  return code === 'unauthenticated' || code === 'subjectMismatch' || code === 'rateLimited';
}

/** Records an answer of Get Withdrawer. @returns the latest answer: this one, unless a newer one is known */
export function noteAnswer(room: SubjectRoom, told: ReadAnswer): ReadAnswer {
  if (room.answer && told.seq < room.answer.seq) return room.answer;
  const record = keepBlock(room.record, told.record);
  const answer = { ...told, record };
  Object.assign(room, { record, answer, failed: undefined });
  if (isUsable(record)) {
    room.recordSeen = true;
    // What this page registered has arrived, so other tabs may look.
    room.letGo?.();
  }
  return answer;
}

/** Remembers a failure's `Retry-After` for every gate that would ask the same. */
export function noteRetryAfter(room: SubjectRoom, kind: 'read' | 'sessionKey', error: unknown): void {
  const failure = plainFailure(error);
  if (failure.retryAt !== undefined) room.held[kind] = failure;
}

/** Most reads in 10 s. Coinflow allows 10 of a missing record, and another tab, which waits for the lock, makes up to 2. */
const maxReads = 8;
const limitMs = 10_000;

/** When the next read is allowed, as wall-clock ms. */
export function readAllowedAt(room: SubjectRoom): number {
  const now = Date.now();
  // If the clock was set back, some times lie in the future. Their real age is unknown, so they count as now.
  room.readTimes = room.readTimes.map((at) => Math.min(at, now)).filter((at) => at > now - limitMs);
  const [oldest = now] = room.readTimes.slice(-maxReads);
  const isLimited = room.readTimes.length >= maxReads;
  // Polling alone may reach the limit, but not in half the time.
  if (isLimited && oldest > now - limitMs / 2) warnOnce('tooManyReads');
  return Math.max(isLimited ? oldest + limitMs : 0, room.held.read?.retryAt ?? 0);
}

/** Coinflow allows 3 registrations a minute. */
export const maxPosts = 3;
const postLimitMs = 60_000;

/** No POST before this that the user didn't ask for, as wall-clock ms. */
export function postAllowedAt({ postTimes }: SubjectRoom): number {
  const [oldest = 0] = postTimes;
  // A time in the future is from before the clock was set back.
  return postTimes.length < maxPosts || oldest > Date.now() ? 0 : oldest + postLimitMs;
}

/** Adds one to a run of failures. */
export function countFailure(row: RequestFailures | undefined, error: unknown): RequestFailures {
  const at = Date.now();
  return { failure: plainFailure(error), count: (row?.count ?? 0) + 1, since: row?.since ?? at, at };
}

/** Forgets a run of failed reads, unless its `Retry-After` is still running. */
export function forgetFailures(room: SubjectRoom): void {
  if ((room.failed?.failure.retryAt ?? 0) <= Date.now()) room.failed = undefined;
}
