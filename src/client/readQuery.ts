import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { ReadAnswer, ReadKind } from '../gate/snapshot';

/**
 * Runs one gate's reads as a TanStack query: the last gate to leave aborts a pending one, and it shows up in the devtools
 * of the client.
 *
 * TanStack doesn't say when to read: `decide` does, and a page's `focusManager` or `invalidateQueries` must not. Nor
 * does it hold what was read: a cache that the merchant can write, clear, persist and hydrate must not open a form.
 * The subject's room holds that.
 */
export interface ReadQuery {
  /** Makes one read. Settles when it has ended, successfully or not. */
  run(kind: ReadKind): Promise<unknown>;
  /** Unsubscribes. The last gate to leave aborts a pending read. */
  leave(): void;
}

/** @param fetch makes one read @param merchants the merchant's client, used instead of the private one */
export function createReadQuery(
  name: string,
  fetch: (signal: AbortSignal, kind: ReadKind) => Promise<ReadAnswer>,
  merchants: QueryClient | undefined,
): ReadQuery {
  let next: ReadKind = 'read';
  let onEnd = () => {};
  const observer = new QueryObserver<ReadAnswer>(merchants ? clientOver(merchants) : privateClient(), {
    // Unique per page load: a hydrated or restored entry could bring a request of its own that never ends.
    queryKey: ['kyc-reuse-gate', name, pageId],
    queryFn: ({ signal }) => {
      const kind = next;
      // A fetch that isn't the gate's own takes no lock, and isn't held.
      next = 'read';
      // A macrotask later, so that TanStack has noted it too.
      return fetch(signal, kind).finally(() => setTimeout(onEnd));
    },
    enabled: false,
    retry: false,
    networkMode: 'always',
    gcTime: 0,
    structuralSharing: false,
  });
  const leave = observer.subscribe(() => {});
  return {
    run(kind) {
      next = kind;
      // Don't join a fetch that isn't the gate's: the devtools can start ones that never end. The
      // gate's own is never pending here.
      void observer.getCurrentQuery().cancel({ silent: true });
      // The room knows how it ended. If a handler of the merchant's cache throws, early versions of TanStack Query 5 reject,
      // or never settle.
      const hasEnded = new Promise<void>((resolve) => (onEnd = resolve));
      return Promise.race([observer.refetch().catch(() => {}), hasEnded]);
    },
    leave,
  };
}

const pageId = Math.random().toString(36).slice(2);

let browserClient: QueryClient | undefined;

/** The gates' private QueryClient, one per page. Gates run in browsers only, so no server ever makes one. */
export function privateClient(): QueryClient {
  return (browserClient ??= new QueryClient());
}

/**
 * Wraps the merchant's cache in a new client. Default options live on the client, so hostile ones (placeholder data,
 * retries, persisters) never reach the gate.
 */
function clientOver(merchants: QueryClient): QueryClient {
  return new QueryClient({ queryCache: merchants.getQueryCache() });
}
