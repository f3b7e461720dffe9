import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore, type KycStore } from '../../src/server';
import { after, json, type KitOptions, mint, type Upstream, withdrawer } from './openKit';
import { inHand, openFleet, toldOf } from './openFleet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Fail = () => Promise<never>;

/** A store that answers as `fail` says until that is taken away. @param names the methods that fail. @default all */
function openStore(fail: Fail | undefined, { inner = createMemoryStore(), names = [] as (keyof KycStore)[] } = {}) {
  const outage = { fail, calls: 0 };
  const store = new Proxy(inner, {
    get: (target, name: keyof KycStore) => {
      if (!outage.fail || (names.length > 0 && !names.includes(name))) return target[name];
      return () => {
        outage.calls++;
        return outage.fail?.();
      };
    },
  });
  return { inner, store, outage };
}

/** Two instances that reach one store each by a way of its own, over one Coinflow that shows no record yet. */
function openApart(register = json(200, { withdrawer }), over: KitOptions = {}) {
  const inner = createMemoryStore();
  const ways = [openStore(undefined, { inner }), openStore(undefined, { inner })];
  const fleets = ways.map(({ store }) => openFleet({ register }, { ...over, store, count: 1 }));
  const at = (index: number) => {
    const [way, fleet] = [ways[index], fleets[index]];
    if (!way || !fleet) throw new Error(`There is no instance ${index}.`);
    return { outage: way.outage, kit: fleet.kit() };
  };
  return { one: at(0), other: at(1), registered: () => fleets.flatMap(({ registered }) => registered) };
}

const down: Fail = () => Promise.reject(new Error('down'));

/** Longer than anything that another instance may have begun before an outage. */
const undecided = 16_100;

const failures: [string, () => Promise<never>][] = [
  [
    'throws',
    () => {
      throw new Error('SECRET redis://user:password@host');
    },
  ],
  ['rejects', () => Promise.reject(new Error('down'))],
  ['hangs', () => new Promise(() => {})],
];

describe('a store that', () => {
  it.each(failures)(
    '%s is survived: for 16 s nobody is registered, who may be under way elsewhere, and then each once',
    async (_, fail) => {
      const { store } = openStore(fail);
      const { kit, minted, registered } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
      const early = kit().post();
      await after(9_000);
      const response = await early;
      expect(response.headers.get('retry-after')).toBe('2');
      expect(await toldOf(response)).toEqual([503, 'registrationUnderWay', true]);
      // Not even a look: it would be too old.
      expect([kit().asked, minted]).toEqual([[], []]);
      const answers = [kit().post(), kit().post()];
      await after(8_000);
      expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 202]);
      const later = kit().post();
      await after(1_000);
      expect((await later).status).toBe(202);
      expect([minted.length, registered.length]).toEqual([1, 1]);
    },
  );

  it('fails while a token is minted: nothing is sent, and the request goes on when the store is back', async () => {
    const { store, outage } = openStore(undefined);
    const shareTokens = vi.fn(() => {
      if (shareTokens.mock.calls.length === 1) outage.fail = down;
      return mint();
    });
    const { kit, registered } = openFleet({ register: json(200, { withdrawer }) }, { store, shareTokens, count: 1 });
    const answer = kit().post();
    await after(3_000);
    expect(registered).toEqual([]);
    outage.fail = undefined;
    await after(2_500);
    expect((await answer).status).toBe(200);
    expect(registered).toHaveLength(1);
  });

  it('fails while a registration looks: nothing is minted until it is back', async () => {
    const { store, outage } = openStore(undefined);
    const read: Upstream = (request) => {
      if (isFirst) outage.fail = down;
      isFirst = false;
      return json(404, {})(request);
    };
    let isFirst = true;
    const { kit, minted } = openFleet({ register: json(200, { withdrawer }), read }, { store, count: 1 });
    const answer = kit().post();
    await after(3_000);
    expect(minted).toEqual([]);
    outage.fail = undefined;
    await after(3_000);
    expect((await answer).status).toBe(200);
    expect(minted).toHaveLength(1);
  });

  it('is away for long: a registration looks afresh, since another instance may have registered meanwhile', async () => {
    const { store } = openStore(down);
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    await kit().get();
    await after(undecided);
    await kit().get();
    await kit().post();
    expect(kit().asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
  });

  it.each<[string, (keyof KycStore)[]]>([
    ['full', ['set', 'claim']],
    ['not to be scripted', ['renew', 'release', 'increment']],
  ])('is %s counts as away, though it answers reads', async (_, names) => {
    const { store } = openStore(down, { names });
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    void kit().post();
    await after(undecided);
    const answer = kit().post();
    await after(2_000);
    expect((await answer).status).toBe(200);
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable', 'registrationUnderWay']);
  });

  it('refuses wake-ups is used all the same, and that it is deaf is reported once', async () => {
    const { store } = openStore(down, { names: ['subscribe', 'publish'] });
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    for (const userId of ['u1', 'u2']) {
      const response = await kit().send('POST', {
        query: `?subject=${userId}`,
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      expect(response.status).toBe(200);
    }
    await after(10_000);
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable']);
  });

  it('never answers a subscription is asked again, and wakes from then on', async () => {
    const { inner, store, outage } = openStore(() => new Promise(() => {}), { names: ['subscribe'] });
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    await kit().get();
    outage.fail = undefined;
    await inner.publish('user:somebody');
    expect(kit().handle.stats().wakeUps).toBe(0);
    await after(6_100);
    await inner.publish('user:somebody');
    expect(kit().handle.stats().wakeUps).toBe(1);
  });

  it.each(failures)('%s is reported once an outage, and is asked once a second', async (_, fail) => {
    const { store, outage } = openStore(fail);
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    for (let i = 0; i < 4; i++) {
      void kit().get();
      await after(1_000);
    }
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable']);
    // At first, all that are on their way; then one a second, and the subscription.
    const before = outage.calls;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 10; j++) void kit().get();
      await after(1_000);
    }
    expect(outage.calls - before).toBeLessThanOrEqual(10);
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable']);
  });

  it('is back is used again, and its next outage is reported', async () => {
    const { inner, store, outage } = openStore(() => Promise.reject(new Error('down')));
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    await kit().get();
    outage.fail = undefined;
    await after(1_100);
    const claim = vi.spyOn(inner, 'claim');
    await kit().get();
    expect((await kit().post()).status).toBe(200);
    expect(claim).toHaveBeenCalled();
    expect(kit().errors).toHaveLength(1);
    outage.fail = () => Promise.reject(new Error('down again'));
    await kit().get();
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable', 'storeUnavailable']);
  });

  it('fails after it was asked: this process still knows what it registered before', async () => {
    const { store, outage } = openStore(undefined);
    const { kit, registered } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    expect((await kit().post()).status).toBe(200);
    outage.fail = () => Promise.reject(new Error('down'));
    expect((await kit().post()).status).toBe(202);
    expect(registered).toHaveLength(1);
  });
});

describe('when the store is back, others learn without being asked', () => {
  it('who was registered meanwhile', async () => {
    const { one, other, registered } = openApart();
    one.outage.fail = down;
    await one.kit.get();
    await after(undecided);
    expect((await one.kit.post()).status).toBe(200);
    one.outage.fail = undefined;
    await after(1_100);
    expect((await other.kit.post()).status).toBe(202);
    expect(registered()).toHaveLength(1);
  });

  it('which tokens were spent, and which were not', async () => {
    const answers = [json(400, {}), json(429, {})];
    const { one, other, registered } = openApart((request) => (answers.shift() ?? json(200, { withdrawer }))(request), {
      browserTokens: { verify: () => true },
    });
    one.outage.fail = down;
    await one.kit.get();
    await after(undecided);
    expect((await one.kit.post(inHand('a'))).status).toBe(400);
    expect((await one.kit.post(inHand('b'))).status).toBe(429);
    one.outage.fail = undefined;
    await after(1_100);
    expect(await toldOf(other.kit.post(inHand('a')))).toEqual([400, 'tokenRefused', undefined]);
    expect((await other.kit.post(inHand('b'))).status).toBe(200);
    expect(registered()).toEqual(['a', 'b', 'b']);
  });

  it('what was taken back meanwhile', async () => {
    const { one, other, registered } = openApart(
      async (request) => {
        if (registered().length > 1) return Response.json({ withdrawer });
        // Sent, and written down in the store as such, before it went away.
        one.outage.fail = down;
        return json(429, {})(request);
      },
      { browserTokens: { verify: () => true } },
    );
    expect((await one.kit.post(inHand('a'))).status).toBe(429);
    one.outage.fail = undefined;
    await after(6_100);
    expect((await other.kit.post(inHand('a'))).status).toBe(200);
  });

  it('and wait 3 s for it after an outage in which they could not', async () => {
    const { one, other, registered } = openApart();
    for (const { outage, kit } of [one, other]) {
      outage.fail = down;
      await kit.get();
    }
    await after(undecided);
    expect((await one.kit.post()).status).toBe(200);
    // The other one is back first.
    other.outage.fail = undefined;
    await after(1_100);
    const answer = other.kit.post();
    await after(500);
    one.outage.fail = undefined;
    await after(3_500);
    expect((await answer).status).toBe(202);
    expect(registered()).toHaveLength(1);
  });
});
