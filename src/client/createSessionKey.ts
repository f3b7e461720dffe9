import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { courseOf } from '../contract/courseOf';
import type { GateError } from '../contract/GateError';
import type { RequestFailures } from '../gate/GateSnapshot';
import { defaultPolling, failuresBeforeShown, slowPollMs } from '../gate/timing';
import { countFailure } from './countFailure';
import { ownQueryOptions } from './ownQueryOptions';

/** A session key older than this when a form opens is fetched anew, in ms. Coinflow's are valid for 24 h. */
const freshMs = 3_600_000;

/** One gate's session key: asked for beside the reads until it is there, then left alone. */
export interface SessionKey {
  get(): string | undefined;
  /** Failed requests in a row, until one succeeds. */
  failure(): RequestFailures | undefined;
  /** Begins to ask, unless it is not wanted or, for a form that is open, there already. @returns ends it */
  start(isWanted: boolean, isOpen: boolean, onChange: () => void): () => void;
  /** Asks now. */
  refetch(): void;
  /** For a form that is about to open: a key asked for early may have failed, or have grown old while the user waited. */
  renew(): void;
}

/** @param client the gate's own: its cache is told that there is a key, and no more */
export function createSessionKey(
  client: QueryClient,
  queryKey: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<string>,
): SessionKey {
  let key: string | undefined;
  let failed: RequestFailures | undefined;
  let observer: QueryObserver<true, GateError> | undefined;

  async function read({ signal }: { signal: AbortSignal }): Promise<true> {
    try {
      key = await ask(signal);
      failed = undefined;
      return true;
    } catch (error) {
      if (!signal.aborted) failed = countFailure(failed, error);
      throw error;
    }
  }

  function delay(): number | false {
    if (key || !failed || courseOf(failed.failure) !== 'transient') return false;
    return Math.max(
      failed.count < failuresBeforeShown ? defaultPolling.pollMs : slowPollMs,
      (failed.failure.retryAt ?? 0) - failed.at,
    );
  }

  return {
    get: () => key,
    failure: () => failed,
    start(isWanted, isOpen, onChange) {
      observer = new QueryObserver<true, GateError>(client, {
        ...ownQueryOptions,
        queryKey,
        queryFn: read,
        enabled: isWanted && !(isOpen && key),
        refetchInterval: delay,
        refetchOnReconnect: () => !key,
        gcTime: 0,
        staleTime: freshMs,
      });
      const leave = observer.subscribe(onChange);
      return () => {
        leave();
        observer = undefined;
      };
    },
    refetch: () => void observer?.refetch({ cancelRefetch: false }),
    renew() {
      const now = observer?.getCurrentResult();
      if (!now || now.fetchStatus === 'fetching' || (failed?.failure.retryAt ?? 0) > Date.now()) return;
      failed = undefined;
      if (key && Date.now() - now.dataUpdatedAt < freshMs) return;
      key = undefined;
      void client.resetQueries({ queryKey });
      void observer?.refetch({ cancelRefetch: false });
    },
  };
}
