// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { createReadQuery } from '../../src/client/readQuery';
import type { ReadAnswer } from '../../src/gate/snapshot';
import { sampleRecord } from '../../src/testing/sampleStates';
import { settle } from './manualBackend';

let names = 0;
const newName = () => `read-query-${++names}`;
const answerOf = (seq: number): ReadAnswer => ({ record: sampleRecord, seq, at: 0 });

describe('a read query', () => {
  it('keeps subjects apart', async () => {
    const merchants = new QueryClient();
    const queries = [1, 2].map((seq) => createReadQuery(newName(), () => Promise.resolve(answerOf(seq)), merchants));
    await Promise.all(queries.map((query) => query.run('read')));
    const shown = merchants
      .getQueryCache()
      .getAll()
      .map((query) => query.state.data);
    expect(shown).toEqual([answerOf(1), answerOf(2)]);
    for (const query of queries) query.leave();
  });

  it('reads each time it is told to, and says whether under the lock', async () => {
    const fetch = vi.fn<Parameters<typeof createReadQuery>[1]>(() => Promise.resolve(answerOf(1)));
    const query = createReadQuery(newName(), fetch, undefined);
    expect(fetch).not.toHaveBeenCalled();
    await query.run('look');
    await query.run('read');
    expect(fetch.mock.calls.map(([, kind]) => kind)).toEqual(['look', 'read']);
    query.leave();
  });

  it('settles when a read has failed, and does not try again by itself', async () => {
    const merchants = new QueryClient({ defaultOptions: { queries: { retry: 3, retryDelay: 0 } } });
    const fetch = vi.fn(() => Promise.reject(new Error('down')));
    const query = createReadQuery(newName(), fetch, merchants);
    await query.run('read');
    await settle();
    expect(fetch).toHaveBeenCalledOnce();
    query.leave();
  });

  it('aborts a pending read when the last gate leaves, and not before', async () => {
    const [name, signals] = [newName(), [] as AbortSignal[]];
    const fetch = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<ReadAnswer>(() => {});
    };
    const [first, last] = [createReadQuery(name, fetch, undefined), createReadQuery(name, fetch, undefined)];
    void first.run('read');
    await settle();
    first.leave();
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    last.leave();
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('shows in the merchant’s cache, without its defaults, and nowhere once nobody reads', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const merchants = new QueryClient({
      defaultOptions: { queries: { enabled: true, gcTime: Infinity, initialData: answerOf(9) } },
    });
    const query = createReadQuery(newName(), () => Promise.resolve(answerOf(1)), merchants);
    expect(merchants.getQueryCache().getAll()).toHaveLength(1);
    expect(merchants.getQueryCache().getAll()[0]?.state.data).toBeUndefined();
    await query.run('read');
    expect(merchants.getQueryCache().getAll()[0]?.state.data).toEqual(answerOf(1));
    query.leave();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(merchants.getQueryCache().getAll()).toEqual([]);
  });

  it('takes no lock for a fetch that somebody else starts, as the devtools can', async () => {
    const merchants = new QueryClient();
    const fetch = vi.fn<Parameters<typeof createReadQuery>[1]>(() => Promise.resolve(answerOf(1)));
    const query = createReadQuery(newName(), fetch, merchants);
    await query.run('look');
    await merchants.getQueryCache().getAll()[0]?.fetch();
    expect(fetch.mock.calls.map(([, kind]) => kind)).toEqual(['look', 'read']);
    query.leave();
  });
});
