// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { createGate } from '../../src/client/gate';
import type { GateOptions } from '../../src/client/options';
import { GateError } from '../../src/contract/failures';
import { merchant, openGate, pass, withVirtualTime } from './openGate';

const { simulator, newUser, requests } = merchant;

withVirtualTime();

describe('a gate, registering once', () => {
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

  it('asks for consent before anything is shared, and goes on once it is given', async () => {
    const user = newUser('firstTime');
    const { session, states, close } = openGate(user, { requireConsent: true });
    await pass(120_000);
    expect(session.getState().status).toBe('consent');
    expect(requests(user, 'POST')).toHaveLength(0);
    session.consent();
    await pass(6_000);
    expect(states).toEqual(['checking', 'consent', 'registering', 'processing', 'ready']);
    close();
  });

  it('shares nothing where JavaScript’s `requireConsent` is no boolean', async () => {
    const user = newUser('firstTime');
    const { session, close } = openGate(user, { requireConsent: 'yes' as never });
    await pass(5_000);
    expect(session.getState().status).toBe('consent');
    expect(requests(user, 'POST')).toHaveLength(0);
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

  it('shares one registration among gates of the same user', async () => {
    const user = newUser('firstTime');
    const options: GateOptions = {
      endpoint: 'https://shop.test/api/kyc',
      subject: user,
      request: { headers: { 'x-test-user': user }, fetch: merchant.handle },
    };
    const gates = [1, 2, 3].map(() => createGate(options));
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
      createGate({ endpoint, subject: user, request }),
    );
    const close = gates.map((gate) => gate.subscribe(() => {}));
    await pass(8_000);
    expect(gates.map((gate) => gate.getState().status)).toEqual(['ready', 'ready']);
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
    close.forEach((leave) => leave());
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
});
