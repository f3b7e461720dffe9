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
