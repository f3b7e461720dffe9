import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore, type MintContext, type ShareTokens } from '../../src/server';
import { after, dropped, json, mint, silence, type Upstream, withdrawer } from './openKit';
import { inHand, openFleet, toldOf } from './openFleet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An answer that takes its time. */
const slowly =
  (ms: number, upstream: Upstream): Upstream =>
  async (request) => {
    await pause(ms);
    return upstream(request);
  };

const taken = json(200, { withdrawer });
const browserTokens = { verify: () => true };

describe('on several instances', () => {
  it('ten POSTs of a user at once are one token and one registration', async () => {
    const { kits, minted, registered } = openFleet({ register: slowly(40, taken) }, { count: 5 });
    const answers = [...kits, ...kits].map(({ post }) => post());
    await after(2_000);
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([
      200,
      ...Array<number>(9).fill(202),
    ]);
    expect([minted.length, registered.length]).toEqual([1, 1]);
  });

  it('a POST never registers a user who has a record: it is answered with what Get Withdrawer told', async () => {
    const { kit, minted } = openFleet({ register: taken, read: taken });
    const response = await kit().post();
    expect(await response.json()).toMatchObject({
      confirmed: true,
      withdrawer: { verification: { status: 'approved' } },
    });
    expect(minted).toEqual([]);
  });

  it('an expired record is renewed', async () => {
    const expired = json(200, { withdrawer: { verification: { status: 'expired' } } });
    const { kit, registered } = openFleet({ register: taken, read: expired });
    expect((await kit().post()).status).toBe(200);
    expect(registered).toHaveLength(1);
  });

  it('a first-time user pays no second look: the gate’s own GET came right before', async () => {
    const first = openFleet({ register: taken }).kit();
    await first.get();
    await first.post();
    expect(first.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
    await after(120_000);
    await first.get();
    await after(2_000);
    await first.post();
    expect(first.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET', 'POST']);
  });

  it('a token that was sent through one is refused by the others', async () => {
    const { kits, registered } = openFleet({ register: json(400, {}) }, { browserTokens });
    for (const { post } of kits) expect(await toldOf(post(inHand('a')))).toEqual([400, 'tokenRefused', undefined]);
    expect(registered).toEqual(['a']);
  });

  it('three registrations of a user go in a minute, before anything is minted for a fourth', async () => {
    const { kit, minted } = openFleet({ register: json(400, {}) });
    for (let i = 0; i < 3; i++) expect((await kit(i % 2).post()).status).toBe(400);
    const response = await kit(1).post();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
    expect(minted).toHaveLength(3);
    expect((await kit().post('{}', {}, {})).status).toBe(429);
    await after(60_000);
    expect((await kit().post()).status).toBe(400);
  });
});

describe('another token than the one that is out', () => {
  it('waits its turn, and goes when that one is refused', async () => {
    const { kit, registered } = openFleet(
      {
        register: slowly(40, async (request) =>
          (await request.text()).includes('"a"') ? Response.json({}, { status: 400 }) : Response.json({ withdrawer }),
        ),
      },
      { browserTokens },
    );
    const [a, b] = [kit().post(inHand('a')), kit(1).post(inHand('b'))];
    await after(5_000);
    expect([await toldOf(a), await toldOf(b)]).toEqual([
      [400, 'tokenRefused', undefined],
      [200, undefined, undefined],
    ]);
    expect(registered).toEqual(['a', 'b']);
  });

  it('is told that it was not sent when the other was taken, and is still good', async () => {
    const { kit, registered } = openFleet({ register: slowly(40, taken) }, { browserTokens });
    const [a, b] = [kit().post(inHand('a')), kit(1).post(inHand('b'))];
    await after(5_000);
    expect([await toldOf(a), await toldOf(b)]).toEqual([
      [200, undefined, undefined],
      [503, 'registrationUnderWay', true],
    ]);
    await after(60_000);
    const again = kit(1).post(inHand('b'));
    await after(100);
    expect((await again).status).toBe(200);
    expect(registered).toEqual(['a', 'b']);
  });

  it('is told that it was not sent when the other outlasts the request', async () => {
    const { kit, store } = openFleet({ register: taken }, { browserTokens });
    // As after a request that died with its runtime.
    const claim = vi.spyOn(store, 'claim');
    await kit().post(inHand('x'));
    const [key, value] = claim.mock.calls.find(([it]) => it.startsWith('lease:')) ?? ['', ''];
    await after(120_000);
    await store.claim(key, value, 60_000);
    const answer = kit(1).post(inHand('b'));
    await after(24_000);
    const response = await answer;
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await toldOf(response)).toEqual([503, 'registrationUnderWay', true]);
    await after(60_000);
    expect((await kit(1).post(inHand('b'))).status).toBe(200);
  });
});

describe('a token whose fate is unknown', () => {
  it('is never said to be unused, although another one was sent and lost after it', async () => {
    const { kit, registered } = openFleet({ register: dropped }, { browserTokens });
    expect(await toldOf(kit().post(inHand('a')))).toEqual([503, 'upstreamUnreachable', undefined]);
    await after(11_000);
    expect(await toldOf(kit(1).post(inHand('b')))).toEqual([503, 'upstreamUnreachable', undefined]);
    expect(await toldOf(kit().post(inHand('a')))).toEqual([400, 'tokenRefused', undefined]);
    expect(registered).toEqual(['a', 'b']);
  });
});

describe('a request that dies while it registers', () => {
  /** A store, and the same one as seen by an instance that dies: nothing of it runs any more, no `finally` either. */
  function openDying() {
    const store = createMemoryStore();
    const life = { isOver: false };
    const dying = new Proxy(store, {
      get: (target, name: keyof typeof store) => (life.isOver ? () => new Promise(() => {}) : target[name]),
    });
    return { store, dying, life };
  }

  it('after sending: its token may get through for 16 s, so others are told to come back, and then register', async () => {
    const { store, dying, life } = openDying();
    const register: Upstream = (request) => ((life.isOver = true), silence(request));
    void openFleet({ register }, { store: dying, timeoutMs: 1_000 }).kit().post();
    await after(0);
    const { kit, registered } = openFleet({ register: taken }, { store });
    const second = kit().post();
    await after(7_000);
    const response = await second;
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await toldOf(response)).toEqual([503, 'registrationUnderWay', true]);
    await after(8_500);
    expect(await toldOf(kit(1).post())).toEqual([503, 'registrationUnderWay', true]);
    await after(600);
    expect((await kit(1).post()).status).toBe(200);
    expect(registered).toHaveLength(1);
  });

  it('long after sending: its token may get through for 16 s from then on', async () => {
    const { store, dying, life } = openDying();
    void openFleet({ register: silence }, { store: dying, timeoutMs: 24_000 }).kit().post();
    await after(12_000);
    life.isOver = true;
    const { kit, registered } = openFleet({ register: taken }, { store });
    await after(13_500);
    expect(await toldOf(kit().post())).toEqual([503, 'registrationUnderWay', true]);
    await after(2_600);
    expect((await kit().post()).status).toBe(200);
    expect(registered).toHaveLength(1);
  });

  it('before sending: whoever waits for it registers within 7 s', async () => {
    const { store, dying, life } = openDying();
    const shareTokens: ShareTokens = () => ((life.isOver = true), new Promise(() => {}));
    void openFleet({ register: taken }, { store: dying, shareTokens }).kit().post();
    await after(0);
    const { kit, registered } = openFleet({ register: taken }, { store });
    const second = kit().post();
    await after(7_000);
    expect((await second).status).toBe(200);
    expect(registered).toHaveLength(1);
  });

  it('is kept alive by `waitUntil`, whose promise never rejects', async () => {
    const work: Promise<unknown>[] = [];
    const { kit } = openFleet({ register: dropped }, { waitUntil: (promise) => work.push(promise) });
    expect((await kit().post()).status).toBe(503);
    await expect(Promise.all(work)).resolves.toHaveLength(1);
  });
});

describe('a lease', () => {
  it('lasts as long as its holder works, however long Coinflow takes', async () => {
    const { kit, registered } = openFleet({ register: slowly(9_500, taken) }, { timeoutMs: 10_000 });
    const first = kit().post();
    await after(7_000);
    const second = kit(1).post();
    await after(3_000);
    expect([(await first).status, (await second).status]).toEqual([200, 202]);
    expect(registered).toHaveLength(1);
  });

  it('that was lost while a token was minted leaves alone what its next holder has written', async () => {
    const store = createMemoryStore();
    const claim = vi.spyOn(store, 'claim');
    let hasLost = false;
    const { kit, registered } = openFleet(
      { register: taken },
      {
        store,
        shareTokens: async () => {
          if (hasLost) return mint();
          hasLost = true;
          const [key, value] = claim.mock.calls.find(([it]) => it.startsWith('lease:')) ?? ['', ''];
          await store.release(key, value);
          // Another instance registers from beginning to end meanwhile.
          expect((await kit(1).post()).status).toBe(200);
          return mint();
        },
      },
    );
    const answer = kit().post();
    await after(3_000);
    expect((await answer).status).toBe(202);
    expect(registered).toHaveLength(1);
  });

  it('that was lost while a token was minted sends nothing: the request waits for the other, and goes on', async () => {
    const store = createMemoryStore();
    const claim = vi.spyOn(store, 'claim');
    const lose = async () => {
      const [key, value] = claim.mock.calls.find(([it]) => it.startsWith('lease:')) ?? ['', ''];
      await store.release(key, value);
      await store.claim(key, JSON.stringify({ attemptId: 'other', token: '' }), 3_000);
    };
    const shareTokens = vi.fn(mint);
    const { kit, registered } = openFleet(
      { register: taken },
      {
        store,
        shareTokens: async () => {
          if (shareTokens.mock.calls.length === 0) await lose();
          return shareTokens();
        },
      },
    );
    const answer = kit().post();
    await after(2_900);
    expect(registered).toEqual([]);
    await after(1_500);
    expect((await answer).status).toBe(200);
    expect([shareTokens.mock.calls.length, registered.length]).toEqual([2, 1]);
  });
});

describe('whether a token was sent is told by what left, and not by the code', () => {
  it.each<[string, Upstream, Upstream, string, true | undefined]>([
    ['the look fails', dropped, taken, 'upstreamUnreachable', true],
    ['the look is never answered', silence, taken, 'upstreamTimeout', true],
    ['the registration gets no answer', json(404, {}), dropped, 'upstreamUnreachable', undefined],
    ['Coinflow’s answer to it is odd', json(404, {}), json(451, {}), 'upstreamMalformed', undefined],
    ['Coinflow refuses the key', json(404, {}), json(401, {}), 'upstreamAuth', true],
    ['Coinflow’s limit is met', json(404, {}), json(429, {}), 'rateLimited', true],
  ])('%s', async (_, read, register, code, notSent) => {
    const { kit } = openFleet({ register, read });
    const answer = kit().post();
    await after(500);
    expect((await toldOf(answer)).slice(1)).toEqual([code, notSent]);
  });
});

describe('one request has 25 s for everything', () => {
  it('a slow sign-in and a slow vendor end it before the gate gives up, and nothing is sent', async () => {
    const { kit, registered } = openFleet(
      { register: taken },
      {
        authenticate: async () => {
          await pause(9_000);
          return { userId: 'u1', email: 'a@example.com' };
        },
        shareTokens: async () => {
          await pause(13_000);
          return mint();
        },
      },
    );
    const answer = kit().post();
    await after(20_000);
    expect(await toldOf(answer)).toEqual([503, 'tokenUnavailable', true]);
    expect(registered).toEqual([]);
  });

  it('`shareTokens` is told its attempt, its time, and when that is over', async () => {
    const told: MintContext[] = [];
    const shareTokens: ShareTokens = (_, context) => {
      told.push(context);
      return new Promise(() => {});
    };
    const { kit } = openFleet({ register: taken }, { shareTokens });
    void kit().post();
    await after(0);
    const aborted = () => told.map(({ signal }) => signal.aborted);
    expect(told).toMatchObject([{ attemptId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown, leftMs: 15_000 }]);
    expect(aborted()).toEqual([false]);
    await after(15_000);
    expect(aborted()).toEqual([true]);
  });
});

describe('one user’s requests that are held on two instances', () => {
  it('read about as often as on one, and both are told when one of them finds the record', async () => {
    let reads = 0;
    const { kit } = openFleet({
      register: taken,
      read: (request) => {
        reads++;
        const answer = performance.now() - beganAt < 2_300 ? json(404, {}) : taken;
        return answer(request);
      },
    });
    const beganAt = performance.now();
    const held = { prefer: 'wait=8' };
    await kit().get();
    const first = kit().post('{}', held);
    await after(150);
    const second = kit(1).post('{}', held);
    await after(6_000);
    for (const answer of [first, second])
      expect(await (await answer).json()).toMatchObject({ confirmed: true, withdrawer: { verification: {} } });
    // The gate’s own read, the six of one hold until then, and one for the other, which was woken.
    expect(reads).toBeLessThanOrEqual(8);
  });
});
