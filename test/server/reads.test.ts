import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../../src/server';
import { after, json, openForNewcomer, openKit, silence, user, withdrawer } from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a watchlist block', () => {
  const blocked = json(200, { withdrawer: { ...withdrawer, watchlistExempt: 'Blocked' } });
  const watchlistOf = async (response: Promise<Response>) =>
    ((await (await response).json()) as { withdrawer: { watchlistExempt?: string } }).withdrawer.watchlistExempt;

  it('that Coinflow told in its answer to a registration stands in later reads, which leave it out', async () => {
    const store = createMemoryStore();
    expect(await watchlistOf(openForNewcomer(blocked, { store }).post())).toBe('Blocked');
    const other = openKit(undefined, { store });
    expect(await watchlistOf(other.get())).toBe('Blocked');
    expect((await other.handle.readInitialRecord(user))?.record?.watchlist).toBe('Blocked');
  });

  it.each([
    ['the watchlist passed', { watchlistExempt: 'Passed' }],
    ['an override', { availability: { status: 'Override' } }],
  ])('ends with a read that says otherwise: %s', async (_, more) => {
    const store = createMemoryStore();
    await openForNewcomer(blocked, { store }).post();
    const lifted = openKit(json(200, { withdrawer: { ...withdrawer, ...more } }), { store });
    expect(await watchlistOf(lifted.get())).not.toBe('Blocked');
    expect(await watchlistOf(openKit(undefined, { store }).get())).toBeUndefined();
  });

  it('is nobody else’s', async () => {
    const store = createMemoryStore();
    await openForNewcomer(blocked, { store }).post();
    const other = openKit(undefined, { store, authenticate: () => ({ userId: 'u2' }) });
    expect(await watchlistOf(other.get('?subject=u2'))).toBeUndefined();
  });
});

describe('reads of one user at once', () => {
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return Response.json({ withdrawer });
  };

  it('are one read', async () => {
    const { get, asked } = openKit(slow);
    const all = Array.from({ length: 50 }, () => get());
    await after(100);
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(asked).toHaveLength(1);
  });

  it('go on when one of the browsers leaves, and end with the last', async () => {
    const { get, asked } = openKit(silence, { timeoutMs: 60_000 });
    const leaving = [new AbortController(), new AbortController()];
    for (const { signal } of leaving) void get('?subject=u1', { signal });
    await after(0);
    leaving[0]?.abort();
    await after(0);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
    leaving[1]?.abort();
    await after(0);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('that have ended are not aborted: an abort without an effect is dear', async () => {
    const abort = vi.spyOn(AbortController.prototype, 'abort');
    const response = openKit().get();
    await after(0);
    expect((await response).status).toBe(200);
    expect(abort).not.toHaveBeenCalled();
  });

  it('are each their own on Cloudflare Workers, where none may await another’s', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    const { get, asked } = openKit(slow);
    const all = [get(), get(), get()];
    await after(100);
    await Promise.all(all);
    expect(asked).toHaveLength(3);
  });
});

describe('`readInitialRecord`', () => {
  it('knows nothing after 1.5 s, so that it cannot hold up the page, and reports that', async () => {
    const { handle, errors } = openKit(silence, { timeoutMs: 60_000 });
    let initial: unknown = 'pending';
    void handle.readInitialRecord(user).then((given) => (initial = given));
    await after(1_450);
    expect(initial).toBe('pending');
    await after(50);
    expect(initial).toBeNull();
    expect(errors.map(({ code }) => code)).toEqual(['upstreamTimeout']);
  });

  it.each<[string, Parameters<typeof openKit>[0], unknown]>([
    ['Coinflow fails', json(500, {}), user],
    ['nobody answers', () => Promise.reject(new TypeError('fetch failed')), user],
    ['the user’s id cannot be sent', undefined, { userId: 'line\nbreak' }],
    ['there is no user', undefined, null],
  ])('knows nothing, and never throws, when %s', async (_, coinflow, who) => {
    const { handle, errors } = openKit(coinflow);
    expect(await handle.readInitialRecord(who as typeof user)).toBeNull();
    expect(errors).toHaveLength(1);
  });
});
