import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../../src/server';
import { topicOf } from '../../src/server/topics';
import { userKeyOf } from '../../src/server/users';
import { after, json, type KitOptions, openKit, user } from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const record = (status: string) => json(200, { withdrawer: { verification: { status } } });
const told = (status: string) => ({ withdrawer: { verification: { status, attested: false } } });
const topic = topicOf(userKeyOf(user));

/** Instances over one store and one Coinflow, whose record is `pending` until `approve` is called. */
function openShop(over: KitOptions = {}) {
  const store = createMemoryStore();
  let isApproved = false;
  const beganAt = performance.now();
  const open = () => {
    const readsAt: number[] = [];
    const kit = openKit(
      (request) => {
        readsAt.push(performance.now() - beganAt);
        return record(isApproved ? 'approved' : 'pending')(request);
      },
      { store, ...over },
    );
    return {
      ...kit,
      readsAt,
      /** What a gate knows after its first read. */
      etag: async () => (await kit.get()).headers.get('etag') ?? '',
      /** A gate's GET that may be held. */
      hold(known: string | undefined, init: RequestInit & { prefer?: string } = {}) {
        let isAnswered = false;
        const headers = { prefer: init.prefer ?? 'wait=8', ...(known !== undefined && { 'if-none-match': known }) };
        const response = kit.send('GET', { ...init, headers });
        void response.then(() => (isAnswered = true));
        return {
          isAnswered: () => isAnswered,
          async answer(): Promise<[number, unknown, string | null]> {
            const { status, headers: sent } = await response;
            return [status, await (await response).json(), sent.get('preference-applied')];
          },
        };
      },
    };
  };
  return { open, store, approve: () => (isApproved = true) };
}

describe('a GET with `Prefer: wait` and what the gate knows', () => {
  it('is held until Get Withdrawer tells something else', async () => {
    const { open, approve } = openShop();
    const { etag, hold, readsAt } = open();
    const held = hold(await etag());
    await after(1_400);
    approve();
    expect(held.isAnswered()).toBe(false);
    await after(100);
    expect(await held.answer()).toEqual([200, told('approved'), 'wait']);
    expect(readsAt).toEqual([0, 1_500]);
  });

  it('is answered when its time is up, with what the gate knows: that saves the gate a failure', async () => {
    const { open } = openShop();
    const { etag, hold, readsAt, handle } = open();
    const known = await etag();
    const held = hold(known, { prefer: 'wait=60' });
    await after(7_900);
    expect([held.isAnswered(), handle.stats().held]).toEqual([false, { gets: 1, posts: 0, users: 1 }]);
    await after(100);
    expect(await held.answer()).toEqual([200, told('pending'), 'wait']);
    expect(handle.stats().held).toEqual({ gets: 0, posts: 0, users: 0 });
    // Each pause between reads is a quarter longer than the one before.
    expect(readsAt.map(Math.round)).toEqual([0, 1_500, 3_000, 4_875, 7_219]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is one of many of a user, which share their reads', async () => {
    const { open, approve } = openShop();
    const { etag, hold, readsAt } = open();
    const known = await etag();
    const all = [hold(known), hold(known), hold(known)];
    await after(1_000);
    approve();
    await after(1_000);
    for (const held of all) expect((await held.answer())[1]).toEqual(told('approved'));
    expect(readsAt).toEqual([0, 1_500]);
  });

  it.each<[string, { known?: string; prefer?: string; over?: KitOptions }]>([
    ['without what the gate knows', {}],
    ['without a time', { known: 'W/"x"', prefer: 'respond-async' }],
    ['where holding is turned off', { known: 'W/"x"', over: { holdMs: 0 } }],
  ])('is answered at once %s', async (_, { known, prefer, over }) => {
    const { hold } = openShop(over).open();
    const answer = hold(known, { ...(prefer !== undefined && { prefer }) }).answer();
    await after(0);
    expect(await answer).toEqual([200, told('pending'), null]);
  });

  it('is answered at once where it is a HEAD', async () => {
    const { etag, send } = openShop().open();
    const headers = { prefer: 'wait=8', 'if-none-match': await etag() };
    const answer = send('HEAD', { headers });
    await after(0);
    expect((await answer).headers.get('preference-applied')).toBeNull();
  });

  it('is read for at once where the gate knows less than this process does', async () => {
    const { open, approve } = openShop();
    const { etag, hold, get } = open();
    const known = await etag();
    approve();
    await get();
    const held = hold(known);
    await after(0);
    expect(await held.answer()).toEqual([200, told('approved'), 'wait']);
  });

  it('is let go of when the browser leaves: nothing is read any more', async () => {
    const { open } = openShop();
    const { etag, hold, readsAt, errors } = open();
    const leaving = new AbortController();
    const held = hold(await etag(), { signal: leaving.signal });
    await after(1_000);
    leaving.abort();
    await held.answer();
    const asked = readsAt.length;
    await after(30_000);
    expect([readsAt.length, errors, vi.getTimerCount()]).toEqual([asked, [], 0]);
  });
});

describe('a wake-up', () => {
  it('makes the held requests of its user read at once, on every instance', async () => {
    const { open, store, approve } = openShop();
    const instances = [open(), open()];
    const known = await Promise.all(instances.map(({ etag }) => etag()));
    const held = instances.map(({ hold }, i) => hold(known[i]));
    await after(500);
    approve();
    await store.publish(topic);
    await after(0);
    for (const it of held) expect(await it.answer()).toEqual([200, told('approved'), 'wait']);
    expect(instances.map(({ readsAt }) => readsAt)).toEqual(Array(2).fill([0, 500]));
    expect(instances.map(({ handle }) => handle.stats().wakeUps)).toEqual([1, 1]);
  });

  it('of somebody else wakes nobody', async () => {
    const { open, store } = openShop();
    const { etag, hold, readsAt } = open();
    hold(await etag());
    await after(500);
    await store.publish(topicOf(userKeyOf({ userId: 'u2' })));
    await after(500);
    expect(readsAt).toEqual([0]);
  });

  it('between two requests of a gate is noticed by the second', async () => {
    const { open, store, approve } = openShop();
    const { etag, hold } = open();
    const known = await etag();
    await after(100);
    approve();
    await store.publish(topic);
    await after(100);
    const held = hold(known);
    await after(0);
    expect(await held.answer()).toEqual([200, told('approved'), 'wait']);
  });

  it('spares most reads where `webhooks` says that they come, and a lost one is noticed after 7 s', async () => {
    const { open, approve } = openShop({ webhooks: true });
    const { etag, hold, readsAt } = open();
    const held = hold(await etag());
    approve();
    await after(6_900);
    expect([held.isAnswered(), readsAt]).toEqual([false, [0]]);
    await after(100);
    expect(await held.answer()).toEqual([200, told('approved'), 'wait']);
  });
});
