// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { sampleRecord } from '../../src/testing/sampleStates';
import { manualBackend, redirect } from './manualBackend';
import { merchant, openGate, pass, withVirtualTime } from './openGate';

const { simulator, newUser, requests } = merchant;

withVirtualTime();

describe('a gate, signing in', () => {
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

  it('takes a redirect for a sign-in page once the endpoint has given a good answer, and reads again on focus', async () => {
    const { options, methods, at } = manualBackend();
    const { session, close } = openGate('u1', { ...options, openWhen: 'verified' });
    await pass(0);
    at(0).tell({ ...sampleRecord, status: 'pending' });
    await pass(1_000);
    at(1).answer(redirect());
    await pass(60_000);
    expect(session.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'unauthenticated' },
      canRetry: true,
    });
    expect(methods()).toHaveLength(2);
    window.dispatchEvent(new Event('focus'));
    await pass(0);
    at(2).tell({ ...sampleRecord, status: 'approved' });
    await pass(0);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('takes a redirect for a wrong URL where the endpoint has given no good answer yet', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { options, at } = manualBackend();
    const { session, close } = openGate('u1', options);
    await pass(0);
    at(0).answer(redirect());
    await pass(0);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'misconfigured' } });
    close();
  });
});

describe('a gate, its session key', () => {
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
    const { session, close } = openGate(user, { sessionKey: true, requireConsent: true });
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

  it('does not open on its record where another gate has read, while the key was waited for, that the user is blocked', async () => {
    const user = newUser('returning');
    let isBlocked = false;
    const fetch = (request: Request) => {
      if (request.url.includes('session=1'))
        return Promise.resolve(
          isBlocked
            ? Response.json({ sessionKey: 'key' })
            : Response.json({}, { status: 429, headers: { 'retry-after': '60' } }),
        );
      const verification = { status: 'approved' };
      const withdrawer = isBlocked ? { verification, availability: { status: 'Blocked' } } : { verification };
      return Promise.resolve(Response.json({ withdrawer }));
    };
    const request = { fetch };
    const first = openGate(user, { sessionKey: true, request });
    await pass(400);
    isBlocked = true;
    const second = openGate(user, { request });
    await pass(400);
    expect(second.session.getState().status).toBe('blocked');
    expect(first.session.getState().status).toBe('blocked');
    await pass(90_000);
    expect(first.session.getState().status).toBe('blocked');
    first.close();
    second.close();
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
});
