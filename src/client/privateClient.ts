import { QueryClient } from '@tanstack/react-query';

let browserClient: QueryClient | undefined;

/**
 * The gate's own QueryClient: one in a browser page, a new one per call on a server, where pages of several users share a process.
 *
 * Registrations always live here, even when the merchant passes a `queryClient` for the reads: whatever is done to that cache cannot send a token again.
 */
export function privateClient(): QueryClient {
  if (typeof window === 'undefined') return new QueryClient();
  return (browserClient ??= new QueryClient());
}

/**
 * A client for the reads in a merchant's cache: they can be seen, invalidated and cleared there, but default options live on a client,
 * not in its cache, so that hostile ones (placeholder data, retries, persisters) never reach the gate.
 */
export function clientOver(merchants: QueryClient): QueryClient {
  return new QueryClient({ queryCache: merchants.getQueryCache() });
}
