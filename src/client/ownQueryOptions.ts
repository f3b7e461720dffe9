import { hashKey } from '@tanstack/react-query';

/** Every option by name, so that defaults set on a merchant's client change nothing. */
export const ownQueryOptions = {
  retry: false,
  retryOnMount: true,
  networkMode: 'always',
  structuralSharing: false,
  throwOnError: false,
  notifyOnChangeProps: 'all',
  refetchInterval: false,
  refetchIntervalInBackground: false,
  refetchOnMount: true,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  queryKeyHashFn: hashKey,
  // `undefined` overrides a default, but the library's types do not admit it.
  ...({ placeholderData: undefined, initialData: undefined, persister: undefined, select: undefined } as object),
} as const;
