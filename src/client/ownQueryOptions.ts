/** What the gate's queries set beside TanStack's own defaults. A merchant's defaults do not reach them; see `clientOver`. */
export const ownQueryOptions = {
  retry: false,
  networkMode: 'always',
  structuralSharing: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;
