// @vitest-environment jsdom
import { act, waitFor } from '@testing-library/react';
import { dehydrate, hydrate, keepPreviousData, QueryCache, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { sampleRecord } from '../../src/testing';
import { renderGate } from './renderGate';

const status = () => document.querySelector('[data-kyc-gate]')?.getAttribute('data-kyc-gate');
/** An answer that nobody has read. */
const planted = () => ({ record: sampleRecord, seq: 9e9, at: Date.now() });
const posts = (requests: readonly string[]) => requests.filter((request) => request === 'POST');

/** A client whose defaults would break every query that takes them. */
function hostileClient(): QueryClient {
  const queries = {
    placeholderData: keepPreviousData,
    initialData: planted,
    retry: 5,
    staleTime: Infinity,
    enabled: false,
    refetchOnMount: false,
    select: () => null,
    throwOnError: true,
  };
  return new QueryClient({ defaultOptions: { queries } });
}

it('opens once, by its own reads and one registration, in a client with hostile defaults', async () => {
  const { backend } = renderGate({}, { queryClient: hostileClient(), children: 'Own payout' });
  expect(status()).toBe('checking');
  await waitFor(() => expect(status()).toBe('ready'));
  expect(posts(backend.requests)).toHaveLength(1);
});

it('neither opens, nor registers again, nor stops, when its cache is written to, hydrated, invalidated, reset and cleared', async () => {
  const client = hostileClient();
  const { backend } = renderGate(
    { reads: ['absent'], registrations: [{ httpStatus: 202 }] },
    { queryClient: client, children: 'Own payout' },
  );
  await waitFor(() => expect(posts(backend.requests)).toHaveLength(1));
  await act(async () => {
    for (const { queryKey } of client.getQueryCache().getAll()) client.setQueryData(queryKey, planted());
    hydrate(client, structuredClone(dehydrate(client, { shouldDehydrateQuery: () => true })));
    await client.invalidateQueries();
    await client.resetQueries();
    client.clear();
  });
  const before = backend.requests.length;
  await waitFor(() => expect(backend.requests.length).toBeGreaterThan(before + 1), { timeout: 15_000 });
  expect(status()).not.toBe('ready');
  expect(posts(backend.requests)).toHaveLength(1);
});

it('takes no notice where its query is invalidated, reset or cleared: what was read stays, and nothing is asked', async () => {
  const client = new QueryClient();
  const { backend } = renderGate(
    { reads: [{ status: 'rejected' }, {}] },
    { queryClient: client, children: 'Own payout' },
  );
  await waitFor(() => expect(status()).toBe('declined'));
  await act(async () => {
    await client.invalidateQueries();
    await client.resetQueries();
    client.clear();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  });
  expect(status()).toBe('declined');
  expect(backend.requests).toEqual(['GET']);
});

it('opens on nothing that was hydrated, of this user or of another', async () => {
  const before = new QueryClient();
  const client = new QueryClient();
  const seen: string[] = [];
  const { backend, unmount } = renderGate(
    { reads: ['absent'], registrations: [{ httpStatus: 202 }] },
    { queryClient: before, children: 'Own payout' },
  );
  await waitFor(() => expect(status()).toBe('processing'));
  const [query] = before.getQueryCache().getAll();
  for (const subject of ['u1', 'u2']) {
    const ofSubject = (part: unknown) => (typeof part === 'string' ? part.replace('"u1"', `"${subject}"`) : part);
    before.setQueryData(query?.queryKey.map(ofSubject) ?? [], planted());
  }
  hydrate(client, structuredClone(dehydrate(before)));
  expect(client.getQueryCache().getAll()).toHaveLength(2);
  unmount();
  const again = renderGate(
    {},
    {
      endpoint: backend.endpoint,
      request: backend.request,
      queryClient: client,
      children: 'Own payout',
      onStateChange: ({ status: told }: { status: string }) => seen.push(told),
    },
  );
  await waitFor(() => expect(seen).toContain('processing'));
  expect(seen).not.toContain('ready');
  again.unmount();
});

it('goes its way where the handlers of the merchant’s query cache throw', async () => {
  const thrown: unknown[] = [];
  const onThrown = (error: unknown) => thrown.push((error as Error).message);
  process.on('unhandledRejection', onThrown);
  const throwing = () => {
    throw new Error('mine');
  };
  const queryCache = new QueryCache({ onError: throwing, onSuccess: throwing, onSettled: throwing });
  const { backend } = renderGate(
    { reads: [{ httpStatus: 503 }, 'absent', 'absent', {}] },
    { queryClient: new QueryClient({ queryCache }), children: 'Own payout' },
  );
  await waitFor(() => expect(status()).toBe('ready'), { timeout: 15_000 });
  expect(posts(backend.requests)).toHaveLength(1);
  process.off('unhandledRejection', onThrown);
  expect(thrown.every((message) => message === 'mine')).toBe(true);
});

it('reads on where its first read is cancelled', async () => {
  const client = new QueryClient();
  renderGate({ reads: [{}], delayMs: 200 }, { queryClient: client, children: 'Own payout' });
  await act(() => client.cancelQueries());
  await waitFor(() => expect(status()).toBe('ready'), { timeout: 15_000 });
});
