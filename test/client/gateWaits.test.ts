// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { merchant, openGate, pass, withVirtualTime } from './openGate';

const { simulator, newUser, requests } = merchant;

withVirtualTime();

describe('a gate, waiting', () => {
  it('stays below the NotFound limit however long the redemption takes', async () => {
    const user = newUser('slow');
    const { states, close } = openGate(user);
    await pass(45_000);
    expect(states).toEqual(['checking', 'registering', 'processing', 'delayed', 'ready']);
    expect(requests(user, 'GET').filter((entry) => entry.status === 429)).toEqual([]);
    close();
  });

  it('waits for Retry-After after a 429, registers then, and opens', async () => {
    const user = newUser('firstTime');
    simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: `user:${user}`,
      times: 1,
      kind: { status: 429, headers: { 'retry-after': '20' } },
    });
    const { session, states, close } = openGate(user);
    await pass(15_000);
    expect(session.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'rateLimited', retryAt: expect.any(Number) as number },
    });
    await pass(15_000);
    expect(states.at(-1)).toBe('ready');
    const posts = requests(user, 'POST', '/withdraw/kyc/share-token');
    expect(posts.map((entry) => entry.status)).toEqual([429, 200]);
    expect((posts[1]?.at ?? 0) - (posts[0]?.at ?? 0)).toBeGreaterThanOrEqual(20_000);
    close();
  });

  it('waits no longer than Retry-After, however often the tab is visited meanwhile', async () => {
    const user = newUser('returning');
    simulator.inject({
      service: 'coinflow',
      method: 'GET',
      path: '/withdraw',
      userKey: `user:${user}`,
      times: 1,
      kind: { status: 429, headers: { 'retry-after': '60' } },
    });
    const { session, close } = openGate(user);
    for (const ms of [20_000, 20_000, 18_000]) {
      await pass(ms);
      document.dispatchEvent(new Event('visibilitychange'));
    }
    expect(requests(user, 'GET', '/withdraw')).toHaveLength(1);
    await pass(4_000);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('goes on after each minute where a limit does not say how long it lasts', async () => {
    const user = newUser('firstTime');
    simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: `user:${user}`,
      times: 4,
      kind: { status: 429 },
    });
    const { session, close } = openGate(user);
    await pass(20_000);
    expect(session.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'rateLimited', retryAt: expect.any(Number) as number },
    });
    await pass(260_000);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('gives up on a `shareToken` function that never settles, says so, and sends nothing', async () => {
    const user = newUser('firstTime');
    const { states, session, close } = openGate(user, { shareToken: () => new Promise(() => {}) });
    await pass(20_000);
    expect(session.getState().status).toBe('delayed');
    await pass(25_000);
    expect(session.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'tokenUnavailable' },
      canRetry: true,
    });
    expect(states).toEqual(['checking', 'registering', 'delayed', 'registering', 'failed']);
    expect(requests(user, 'POST')).toEqual([]);
    close();
  });

  it('sends no more than three POSTs a minute that nobody asked for, however short the Retry-After', async () => {
    // Tells the developer of the limit of reads, which this backend runs into.
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const postedAt: number[] = [];
    const fetch = ({ method }: Request) => {
      if (method !== 'POST') return Promise.resolve(Response.json({}, { status: 404 }));
      postedAt.push(Date.now());
      return Promise.resolve(Response.json({}, { status: 429, headers: { 'retry-after': '1' } }));
    };
    const { close } = openGate('u-limited', { request: { fetch } });
    await pass(200_000);
    expect(postedAt.length).toBeGreaterThan(6);
    // Each minute, from every POST on.
    for (const from of postedAt) {
      expect(postedAt.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(3);
    }
    close();
  });
});

describe('a gate, retrying', () => {
  it('confirms a refusal with one GET and fails as tokenRefused', async () => {
    const user = newUser('refused');
    const { session, close } = openGate(user);
    await pass(3_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'tokenRefused' }, canRetry: true });
    const log = simulator.log
      .filter((entry) => entry.userKey === `user:${user}` && entry.service === 'coinflow')
      .map((entry) => entry.method);
    expect(log).toEqual(['GET', 'POST', 'GET']);
    const asked = simulator.log.length;
    await pass(600_000);
    expect(simulator.log.length).toBe(asked);
    close();
  });

  it('mints a new token after an answer was lost, but only after a grace period of reads', async () => {
    const user = newUser('firstTime');
    simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: `user:${user}`,
      times: 1,
      kind: 'drop',
    });
    const { states, close } = openGate(user);
    await pass(25_000);
    expect(states.at(-1)).toBe('ready');
    const posts = requests(user, 'POST', '/withdraw/kyc/share-token');
    expect(posts).toHaveLength(2);
    expect((posts[1]?.at ?? 0) - (posts[0]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
    close();
  });

  it('does not register again when only the answer was lost', async () => {
    const user = newUser('firstTime');
    simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: `user:${user}`,
      times: 1,
      afterProcessing: true,
      kind: 'drop',
    });
    const { states, close } = openGate(user);
    await pass(25_000);
    expect(states.at(-1)).toBe('ready');
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
    close();
  });

  it('registers no more than three times by itself, whether a token was lost or was not sent', async () => {
    const user = newUser('firstTime');
    const answers = [Response.json({ error: { notSent: true } }, { status: 502 })];
    let posts = 0;
    const fetch = (request: Request) => {
      if (request.method !== 'POST') return merchant.handle(request);
      posts++;
      return answers.length > 0
        ? Promise.resolve(answers.pop() as Response)
        : Promise.reject(new TypeError('Failed to fetch'));
    };
    const { session, close } = openGate(user, { request: { headers: { 'x-test-user': user }, fetch } });
    await pass(200_000);
    expect(posts).toBe(3);
    expect(session.getState()).toMatchObject({ status: 'failed', canRetry: true });
    close();
  });

  it('keeps a fixed token that was answered with "nothing to share", since it was not used up', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const user = newUser('firstTime');
    let answers = 0;
    const fetch = (request: Request) =>
      request.method === 'POST' && ++answers === 1
        ? Promise.resolve(Response.json({ error: { code: 'noShareableVerification', notSent: true } }, { status: 409 }))
        : merchant.handle(request);
    const { session, close } = openGate(user, {
      shareToken: { vendor: 'persona', shareToken: 'cnst_kept' },
      request: { headers: { 'x-test-user': user }, fetch },
    });
    await pass(1_000);
    expect(session.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'noShareableVerification' },
      canRetry: true,
    });
    session.retry();
    await pass(1_000);
    expect(answers).toBe(2);
    close();
  });
});
