// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGateEngine } from '../../src/client/createGateEngine';
import type { GateOptions } from '../../src/client/GateOptions';
import { GateError } from '../../src/contract/GateError';
import type { GateState } from '../../src/gate/GateState';
import { createMerchant } from '../merchant';

const merchant = createMerchant();
const { simulator, newUser, requests } = merchant;

beforeEach(() => {
  // Streams need real turns of the event loop.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  // No jitter: virtual seconds are compared below.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  simulator.clearFaults();
  vi.useRealTimers();
});

/** A gate of a user, signed in as that user, over the kit and the simulator. */
function openGate(subject: string, options: Partial<GateOptions> = {}) {
  const states: GateState['status'][] = [];
  const session = createGateEngine({
    endpoint: 'https://shop.test/api/kyc',
    subject,
    request: { headers: { 'x-test-user': subject }, fetch: merchant.handle },
    ...options,
  });
  const note = () => {
    const { status } = session.getState();
    if (states.at(-1) !== status) states.push(status);
  };
  note();
  const close = session.subscribe(note);
  return { session, states, close };
}

/** Lets virtual time pass, in steps short enough for every answer to arrive on its way. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left >= 0; left -= 200) {
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (left > 0) await vi.advanceTimersByTimeAsync(Math.min(200, left));
  }
}

describe('a gate engine', () => {
  it('takes a first-time Persona user through registering and processing to ready, with one registration', async () => {
    const user = newUser('firstTime');
    const { states, close } = openGate(user);
    await pass(6_000);
    expect(states).toEqual(['checking', 'registering', 'processing', 'ready']);
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
    const [registration] = simulator.log.filter(
      (entry) => entry.readableAt !== undefined && entry.userKey === `user:${user}`,
    );
    const firstFound = requests(user, 'GET', '/withdraw').find((entry) => entry.status === 200);
    expect(firstFound?.at).toBeGreaterThanOrEqual(registration?.readableAt ?? Infinity);
    close();
  });

  it('opens for a returning user after one GET, and stops asking', async () => {
    const user = newUser('returning');
    const { states, close } = openGate(user);
    await pass(60_000);
    expect(states).toEqual(['checking', 'ready']);
    expect(requests(user, 'GET')).toHaveLength(1);
    expect(requests(user, 'POST')).toHaveLength(0);
    close();
  });

  it('confirms a refusal with one GET and fails as tokenRefused', async () => {
    const user = newUser('refused');
    const { session, close } = openGate(user);
    await pass(3_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'tokenRefused' }, canRetry: true });
    const log = simulator.log
      .filter((entry) => entry.userKey === `user:${user}` && entry.service === 'coinflow')
      .map((entry) => entry.method);
    expect(log.slice(0, 4)).toEqual(['GET', 'GET', 'POST', 'GET']);
    const asked = simulator.log.length;
    await pass(600_000);
    expect(simulator.log.length).toBe(asked);
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

  it('stays below the NotFound limit however long the redemption takes', async () => {
    const user = newUser('slow');
    const { states, close } = openGate(user);
    await pass(45_000);
    expect(states).toEqual(['checking', 'registering', 'processing', 'delayed', 'ready']);
    expect(requests(user, 'GET').filter((entry) => entry.status === 429)).toEqual([]);
    close();
  });

  it('shows a transient failure only after three in a row, keeps polling, and opens when the backend is back', async () => {
    const user = newUser('returning');
    simulator.inject({ service: 'coinflow', userKey: `user:${user}`, times: 4, kind: { status: 503 } });
    const { session, states, close } = openGate(user);
    await pass(0);
    expect(session.getState().status).toBe('checking');
    await pass(8_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'server' } });
    await pass(20_000);
    expect(states).toEqual(['checking', 'failed', 'ready']);
    close();
  });

  it('keeps the form open when later reads would fail, and never asks again', async () => {
    const user = newUser('returning');
    const { session, close } = openGate(user);
    await pass(100);
    simulator.inject({ service: 'coinflow', userKey: `user:${user}`, kind: { status: 500 } });
    session.recheck();
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
    await pass(60_000);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('stops at 401, reads again on focus, and goes on', async () => {
    const user = newUser('returning');
    let signedIn = false;
    const { session, states, close } = openGate(user, {
      request: { headers: (): HeadersInit => (signedIn ? { 'x-test-user': user } : {}), fetch: merchant.handle },
    });
    await pass(100);
    expect(session.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'unauthenticated' },
      canRetry: true,
    });
    await pass(600_000);
    expect(requests(user, 'GET')).toHaveLength(0);
    signedIn = true;
    window.dispatchEvent(new Event('focus'));
    await pass(100);
    expect(states).toEqual(['checking', 'failed', 'ready']);
    close();
  });

  it('asks for consent before anything is shared, and goes on once it is given', async () => {
    const user = newUser('firstTime');
    const { session, states, close } = openGate(user, { start: 'consent' });
    await pass(120_000);
    expect(session.getState().status).toBe('consent');
    expect(requests(user, 'POST')).toHaveLength(0);
    session.consent();
    await pass(6_000);
    expect(states).toEqual(['checking', 'consent', 'registering', 'processing', 'ready']);
    close();
  });

  it('registers an expired user once more, and opens', async () => {
    const user = newUser('expired');
    const { states, close } = openGate(user);
    await pass(8_000);
    expect(states.at(-1)).toBe('ready');
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
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

  it('finishes a registration whose gate has left, and has the next gate join it', async () => {
    const user = newUser('firstTime');
    simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: `user:${user}`,
      times: 1,
      kind: { delayMs: 3_000 },
    });
    let posts = 0;
    const fetch = (request: Request) => {
      // The kit would answer both from one registration.
      if (request.method === 'POST') posts++;
      return merchant.handle(request);
    };
    const options = { request: { headers: { 'x-test-user': user }, fetch } };
    const first = openGate(user, options);
    await pass(600);
    first.close();
    await pass(600);
    const { states, close } = openGate(user, options);
    await pass(12_000);
    expect(states.at(-1)).toBe('ready');
    expect(posts).toBe(1);
    close();
  });

  it('shares one registration among gates of the same user', async () => {
    const user = newUser('firstTime');
    const options: GateOptions = {
      endpoint: 'https://shop.test/api/kyc',
      subject: user,
      request: { headers: { 'x-test-user': user }, fetch: merchant.handle },
    };
    const gates = [1, 2, 3].map(() => createGateEngine(options));
    const close = gates.map((gate) => gate.subscribe(() => {}));
    await pass(8_000);
    expect(gates.map((gate) => gate.getState().status)).toEqual(['ready', 'ready', 'ready']);
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
    close.forEach((leave) => leave());
  });

  it('shares one registration among gates that spell the endpoint differently', async () => {
    const user = newUser('firstTime');
    const request = { headers: { 'x-test-user': user }, fetch: merchant.handle };
    const gates = ['/api/kyc', `${location.origin}/api/kyc`].map((endpoint) =>
      createGateEngine({ endpoint, subject: user, request }),
    );
    const close = gates.map((gate) => gate.subscribe(() => {}));
    await pass(8_000);
    expect(gates.map((gate) => gate.getState().status)).toEqual(['ready', 'ready']);
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
    close.forEach((leave) => leave());
  });

  it('keeps an open form and its session key when later requests for one would fail', async () => {
    const user = newUser('returning');
    const { session, close } = openGate(user, { sessionKey: true });
    await pass(200);
    const key = session.getSessionKey();
    expect(key).toMatch(/^eyJ/);
    simulator.inject({ service: 'coinflow', path: 'session-key', userKey: `user:${user}`, kind: { status: 500 } });
    await pass(2 * 3_600_000);
    session.recheck();
    await pass(30_000);
    expect(session.getState().status).toBe('ready');
    expect(session.getSessionKey()).toBe(key);
    close();
  });

  it('opens with a fresh session key where the first has grown old while the user made up their mind', async () => {
    const user = newUser('firstTime');
    const { session, close } = openGate(user, { sessionKey: true, start: 'consent' });
    await pass(200);
    const old = session.getSessionKey();
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    session.consent();
    await pass(6_000);
    expect(session.getState().status).toBe('ready');
    expect(session.getSessionKey()).toMatch(/^eyJ/);
    expect(session.getSessionKey()).not.toBe(old);
    close();
  });

  it.each([
    ['by itself', () => {}, 30_000],
    ['on retry', (session: { retry(): void }) => session.retry(), 1_000],
  ])('says so after three failed requests for a session key, and gets one %s', async (_, act, ms) => {
    const user = newUser('returning');
    simulator.inject({
      service: 'coinflow',
      path: 'session-key',
      userKey: `user:${user}`,
      times: 4,
      kind: { status: 500 },
    });
    const { session, states, close } = openGate(user, { sessionKey: true });
    await pass(1_500);
    expect(session.getState().status).toBe('ready');
    await pass(2_500);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'server' }, canRetry: true });
    act(session);
    await pass(ms);
    expect(session.getSessionKey()).toMatch(/^eyJ/);
    expect(states).toEqual(['checking', 'ready', 'failed', 'ready']);
    close();
  });

  it('waits for Retry-After before it asks for a session key again, whoever asks', async () => {
    const user = newUser('returning');
    simulator.inject({
      service: 'coinflow',
      path: 'session-key',
      userKey: `user:${user}`,
      times: 1,
      kind: { status: 429, headers: { 'retry-after': '60' } },
    });
    const { session, close } = openGate(user, { sessionKey: true });
    await pass(15_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'rateLimited' } });
    session.retry();
    await pass(40_000);
    expect(requests(user, 'GET', 'session-key')).toHaveLength(1);
    await pass(10_000);
    expect(session.getSessionKey()).toMatch(/^eyJ/);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('takes a return to the page for no wish to register again, where the registration had been accepted', async () => {
    const expired = { withdrawer: { verification: { status: 'expired', attested: false } } };
    const answers = {
      GET: [
        [404, {}],
        [404, {}],
        [200, expired],
      ],
      POST: [[202, {}]],
    } as Record<string, [number, unknown][]>;
    const sent: string[] = [];
    const fetch = ({ method }: Request) => {
      sent.push(method);
      const list = answers[method] ?? [];
      const [status, body] = (list.length > 1 ? list.shift() : list[0]) ?? [500, {}];
      return Promise.resolve(Response.json(body, { status }));
    };
    const { session, close } = openGate('u-renewed', { request: { fetch } });
    await pass(20_000);
    expect(session.getState()).toMatchObject({ status: 'expired', canRetry: true });
    answers.GET = [
      [401, {}],
      [200, expired],
    ];
    session.recheck();
    await pass(1_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'unauthenticated' } });
    window.dispatchEvent(new Event('focus'));
    await pass(20_000);
    expect(session.getState().status).toBe('expired');
    expect(sent.filter((method) => method === 'POST')).toHaveLength(1);
    close();
  });

  it('asks for the session key again on focus, where nobody was signed in for it', async () => {
    const user = newUser('returning');
    let signedIn = true;
    const fetch = (request: Request) =>
      request.url.includes('session=1') && !signedIn
        ? Promise.resolve(Response.json({}, { status: 401 }))
        : merchant.handle(request);
    signedIn = false;
    const { session, close } = openGate(user, {
      sessionKey: true,
      request: { headers: { 'x-test-user': user }, fetch },
    });
    await pass(1_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'unauthenticated' } });
    signedIn = true;
    window.dispatchEvent(new Event('focus'));
    await pass(400);
    expect(session.getState().status).toBe('ready');
    expect(session.getSessionKey()).toMatch(/^eyJ/);
    close();
  });

  it('registers on returning after signing in, where the registration met a closed door', async () => {
    const user = newUser('firstTime');
    let signedIn = false;
    const fetch = (request: Request) =>
      request.method === 'POST' && !signedIn
        ? Promise.resolve(Response.json({}, { status: 401 }))
        : merchant.handle(request);
    const { session, close } = openGate(user, { request: { headers: { 'x-test-user': user }, fetch } });
    await pass(60_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'unauthenticated' } });
    signedIn = true;
    window.dispatchEvent(new Event('focus'));
    await pass(6_000);
    expect(session.getState().status).toBe('ready');
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

  it('does not take a page for the answer to a registration', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const user = newUser('never');
    const fetch = (request: Request) =>
      request.method === 'POST'
        ? Promise.resolve(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }))
        : merchant.handle(request);
    const { session, close } = openGate(user, { request: { headers: { 'x-test-user': user }, fetch } });
    await pass(2_000);
    expect(session.getState().status).toBe('processing');
    await pass(120_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'malformed' }, canRetry: true });
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('Expected JSON');
    close();
  });

  it('names `session=1` to the developer where the endpoint does not know it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const user = newUser('returning');
    const { close } = openGate(user, {
      sessionKey: true,
      request: {
        headers: { 'x-test-user': user },
        fetch: (request) => merchant.handle(new Request(request.url.replace('&session=1', ''), request)),
      },
    });
    await pass(10_000);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('`session=1`');
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

  it('sends nothing where a record has come while the token was being fetched', async () => {
    const user = newUser('firstTime');
    const shareToken = () =>
      new Promise<never>((resolve) => setTimeout(resolve, 20_000, { vendor: 'persona', shareToken: 'cnst_late' }));
    const sent: string[] = [];
    const fetch = (request: Request) => {
      sent.push(request.method);
      return merchant.handle(request);
    };
    const { states, close } = openGate(user, { shareToken, request: { headers: { 'x-test-user': user }, fetch } });
    await pass(1_000);
    simulator.setScenario(`user:${user}`, 'returning');
    await pass(30_000);
    expect(states).toEqual(['checking', 'registering', 'ready']);
    expect(sent).not.toContain('POST');
    close();
  });

  it('takes a code that a `shareToken` function made up for a token that could not be had', async () => {
    const shareToken = () => Promise.reject(new GateError({ code: 'ownCode' as never, message: 'made up' }));
    const { session, close } = openGate(newUser('firstTime'), { shareToken });
    await pass(15_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'tokenUnavailable' } });
    close();
  });

  it('waits for the record where the answer to the POST is that there is none yet', async () => {
    const body = { message: 'No withdrawer associated with this user' };
    const answers = {
      GET: [
        [404, {}],
        [404, {}],
        [401, body],
        [200, { withdrawer: { verification: { status: 'approved', attested: true } } }],
      ],
      POST: [[401, body]],
    } as Record<string, [number, unknown][]>;
    const fetch = ({ method }: Request) => {
      const [status, answer] = answers[method]?.shift() ?? [500, {}];
      return Promise.resolve(Response.json(answer, { status }));
    };
    const { session, states, close } = openGate('u-as-get', { request: { fetch } });
    await pass(5_000);
    expect(states).toEqual(['checking', 'registering', 'processing', 'ready']);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('asks nobody to mint a token while JavaScript’s is `null`, and goes on with the one that comes', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sent: unknown[] = [];
    const fetch = async (request: Request) => {
      if (request.method !== 'POST') return Response.json({}, { status: 404 });
      sent.push(await request.json());
      return Response.json({}, { status: 202 });
    };
    const { session, close } = openGate('u-null', { shareToken: null as never, request: { fetch } });
    await pass(2_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'misconfigured' } });
    expect(sent).toEqual([]);
    const token = { vendor: 'persona', shareToken: 'cnst_after_null' } as const;
    session.update({ endpoint: 'https://shop.test/api/kyc', subject: 'u-null', shareToken: token, request: { fetch } });
    await pass(3_000);
    expect(sent).toEqual([token]);
    close();
  });

  it('shares nothing where `start` is misspelt', async () => {
    const user = newUser('firstTime');
    const { session, close } = openGate(user, { start: 'Consent' as never });
    await pass(5_000);
    expect(session.getState().status).toBe('consent');
    expect(requests(user, 'POST')).toHaveLength(0);
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

  it('sends no token for a blocked user, even where a later read finds no record', async () => {
    const user = newUser('blocked');
    const { session, close } = openGate(user);
    await pass(400);
    expect(session.getState().status).toBe('blocked');
    simulator.setScenario(`user:${user}`, 'firstTime');
    session.recheck();
    await pass(5_000);
    expect(session.getState().status).toBe('blocked');
    expect(requests(user, 'POST')).toEqual([]);
    close();
  });

  it('leaves no timer behind when the last listener has left', async () => {
    const { close } = openGate(newUser('slow'));
    await pass(5_000);
    close();
    await pass(400);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['another shape', 'otherShape'],
    ['HTML', 'html'],
    ['nothing', 'empty'],
    ['10 MB', 'oversized'],
  ] as const)('stays closed with malformed when the endpoint answers %s', async (_, kind) => {
    const user = newUser('returning');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    // The endpoint itself answers oddly here, not what is behind it.
    const odd = (request: Request) => simulator.coinflow(new Request(`https://odd.test/${kind}`, request));
    simulator.inject({ service: 'coinflow', path: `/${kind}`, kind });
    const { session, close } = openGate(user, { endpoint: `https://shop.test/${kind}`, request: { fetch: odd } });
    await pass(12_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'malformed' } });
    await pass(60_000);
    expect(session.getState().status).toBe('failed');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('Expected JSON: 200');
    close();
  });

  it('says misconfigured for a URL that answers 404 without JSON', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { session, close } = openGate(newUser('returning'), {
      request: {
        fetch: () =>
          Promise.resolve(
            new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } }),
          ),
      },
    });
    await pass(100);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'misconfigured' } });
    expect(warn.mock.calls[0]?.[0]).toContain('endpoint');
    close();
  });

  it('makes one registration of an answer whose error code is no code at all', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const user = newUser('never');
    let posts = 0;
    const odd = () =>
      new Response('{"error":{"code":{"toString":null}}}', {
        status: 502,
        headers: { 'content-type': 'application/json' },
      });
    const fetch = (request: Request) =>
      request.method === 'POST' ? (posts++, Promise.resolve(odd())) : merchant.handle(request);
    const { session, close } = openGate(user, { request: { headers: { 'x-test-user': user }, fetch } });
    await pass(9_000);
    expect(posts).toBe(1);
    expect(session.getState().status).toBe('processing');
    close();
  });
});
