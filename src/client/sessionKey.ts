import type { RequestFailures } from '../gate/snapshot';
import { fetchSessionKey } from './endpoint';
import type { Target } from './request';
import { countFailure, noteRetryAfter, type SubjectRoom } from './subject';

/**
 * Assumed lifetime of a key without an `exp` claim, in ms.
 * Source: Coinflow's documentation says 30 minutes in one place and 24 h in another, so the key's own `exp` decides.
 */
const freshMs = 1_500_000;

/** A key that expires sooner than this is replaced before a form opens, in ms. */
const leastLifeMs = 300_000;

/** One gate's Coinflow session key. Kept in memory only: never in a query, cache or log. */
export interface SessionKey {
  get(): string | undefined;
  isFetching(): boolean;
  /** Failed requests in a row, until one succeeds. */
  failure(): RequestFailures | undefined;
  /** Requests a key, unless a request is pending or a `Retry-After` is still running. */
  fetch(): void;
  /**
   * Call before a form opens: an early request may have failed, or its key may have grown old while the user waited.
   */
  renew(): void;
  /** Aborts a pending request. */
  stop(): void;
}

/** @param onChange called when a request has ended @param early a prefetched key, used instead of the first request */
export function createSessionKey(
  room: SubjectRoom,
  target: () => Target,
  onChange: () => void,
  early?: Promise<string>,
): SessionKey {
  let key: string | undefined;
  let endsAt = 0;
  let failed: RequestFailures | undefined;
  let out: AbortController | undefined;

  /** A request is pending, or a `Retry-After` is still running, no matter which gate got it. */
  const isHeldBack = () => out !== undefined || (room.held.sessionKey?.retryAt ?? 0) > Date.now();

  async function request(): Promise<void> {
    if (isHeldBack()) return;
    const abort = (out = new AbortController());
    const ask = () => fetchSessionKey(target(), abort.signal, room.answer !== undefined);
    // A prefetch may have lacked this gate's headers. Its `Retry-After` holds all the same.
    const askAnew = (error: unknown) => {
      if ((room.held.sessionKey?.retryAt ?? 0) > Date.now()) throw error;
      return ask();
    };
    try {
      const first = early;
      early = undefined;
      const fetched = await (first?.catch(askAnew) ?? ask());
      if (abort.signal.aborted) return;
      key = fetched;
      endsAt = expiryOf(key) ?? Date.now() + freshMs;
      failed = undefined;
    } catch (error) {
      if (abort.signal.aborted) return;
      noteRetryAfter(room, 'sessionKey', error);
      failed = countFailure(failed, error);
    } finally {
      if (out === abort) out = undefined;
    }
    onChange();
  }

  return {
    get: () => key,
    isFetching: () => out !== undefined,
    failure: () => failed,
    fetch: () => void request(),
    renew() {
      if (isHeldBack()) return;
      failed = undefined;
      if (key && endsAt - Date.now() > leastLifeMs) return;
      key = undefined;
      void request();
    },
    stop() {
      out?.abort();
      out = undefined;
    },
  };
}

/** When a key expires by its own `exp` claim, as wall-clock ms. It is a JWT, and anyone may read its claims. */
function expiryOf(key: string): number | undefined {
  try {
    const claims = (key.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { exp } = JSON.parse(atob(claims)) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
