import { fetchSessionKey } from './endpoint';
import { checkSetup, type GateOptions, urlOf } from './options';
import type { Target } from './request';
import { forgetFailures, noteRetryAfter, type Prefetched, readOnce, roomOf, type SubjectRoom, tell } from './subject';

/** Longest life of a prefetch, in ms: the user may since have been blocked, or have signed out. */
const freshMs = 30_000;

/** What to fetch early. */
export type PrefetchOptions = Pick<GateOptions, 'endpoint' | 'subject' | 'request' | 'sessionKey'>;

/**
 * Makes a gate's first read, and fetches its session key, before the gate mounts. Never registers. A prefetch that
 * failed, is too old or belongs to another subject is ignored.
 */
export function prefetchRecord(options: PrefetchOptions): void {
  const { endpoint, subject, request, sessionKey } = options;
  const url = urlOf(endpoint);
  if (typeof window === 'undefined' || subject == null || !url || checkSetup(options)) return;
  const target: Target = { url, subject, request };
  const room = roomOf(target);
  // A running gate knows more, and hovering twice should ask once.
  if (room.gates.size > 0 || freshPrefetch(room)) return;
  const prefetched: Prefetched = { at: Date.now() };
  room.prefetched = prefetched;
  const forget = () => {
    if (room.prefetched === prefetched) room.prefetched = undefined;
  };
  // Don't keep a session key in memory longer than it may be used.
  setTimeout(forget, freshMs);
  readOnce(room, target)
    .then(
      (answer) => (prefetched.answer = answer),
      () => {
        forget();
        // A gate that came meanwhile reads for itself; its headers may do better. A `Retry-After` holds all the same.
        forgetFailures(room);
      },
    )
    .finally(() => tell(room));
  if (!sessionKey || (room.held.sessionKey?.retryAt ?? 0) > Date.now()) return;
  prefetched.key = fetchSessionKey(target, new AbortController().signal);
  prefetched.key.catch((error: unknown) => {
    noteRetryAfter(room, 'sessionKey', error);
    prefetched.key = undefined;
  });
}

/** The prefetch that a gate starting now may use. */
export function freshPrefetch({ prefetched }: SubjectRoom): Prefetched | undefined {
  const age = prefetched ? Date.now() - prefetched.at : NaN;
  // A negative age means that the clock was set back.
  return age >= 0 && age < freshMs ? prefetched : undefined;
}
