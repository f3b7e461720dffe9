import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ReactQueryDevtools } from '@tanstack/react-query-devtools/production';
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client';
import type { ReactNode } from 'react';

interface MerchantCacheProps {
  readonly client: QueryClient;
  /** `persisted` in localStorage, and restored from there; `inspected` by TanStack's devtools. */
  readonly how: 'persisted' | 'inspected';
  readonly children: ReactNode;
}

const persister = createAsyncStoragePersister({ storage: localStorage, throttleTime: 0 });

/** A merchant's query cache, with what merchants put around theirs. */
export function MerchantCache({ client, how, children }: MerchantCacheProps) {
  if (how === 'inspected') {
    return (
      <QueryClientProvider client={client}>
        {children}
        <ReactQueryDevtools initialIsOpen />
      </QueryClientProvider>
    );
  }
  return (
    <PersistQueryClientProvider client={client} persistOptions={{ persister }}>
      {children}
    </PersistQueryClientProvider>
  );
}
