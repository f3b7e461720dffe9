import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashKycUser, KitError, type KycEvent, personaShareTokens } from '../../src/server';
import {
  after,
  dropped,
  json,
  type KitOptions,
  onRegister,
  openKit,
  silence,
  type Upstream,
  user,
  withdrawer,
} from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type EventOf<Type extends KycEvent['type']> = Extract<KycEvent, { type: Type }>;

const hash = hashKycUser(user);
const absent = json(401, { message: 'No withdrawer associated with wallet u1' });
const refusedConnection: Upstream = () =>
  Promise.reject(
    new TypeError('fetch failed', { cause: Object.assign(new Error('SECRET'), { code: 'ECONNREFUSED' }) }),
  );

/** A kit, and the events that it emits. */
function openWatched(coinflow?: Upstream, over: KitOptions = {}) {
  const events: KycEvent[] = [];
  const kit = openKit(coinflow, { onEvent: (event) => void events.push(event), ...over });
  const of = <Type extends KycEvent['type']>(type: Type) =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  return { ...kit, events, of, types: () => events.map(({ type }) => type) };
}

const held = (etag: string | null, id: string) => ({
  headers: { prefer: 'wait=8', 'if-none-match': etag ?? '', 'x-request-id': id },
});

describe('a request', () => {
  it.each<
    [string, Upstream | undefined, KitOptions, (kit: ReturnType<typeof openWatched>) => Promise<Response>, object]
  >([
    ['a read', undefined, {}, (kit) => kit.get(), { operation: 'read', outcome: 'ok', status: 200, user: hash }],
    ['a read of no record', absent, {}, (kit) => kit.get(), { operation: 'read', outcome: 'ok', status: 200 }],
    ['a HEAD', undefined, {}, (kit) => kit.send('HEAD'), { operation: 'read', outcome: 'ok', status: 200 }],
    [
      'a session key',
      json(200, { key: 'SECRET' }),
      {},
      (kit) => kit.get('?subject=u1&session=1'),
      { operation: 'sessionKey', outcome: 'ok', status: 200, user: hash },
    ],
    [
      'a registration',
      onRegister(json(200, { withdrawer })),
      {},
      (kit) => kit.post(),
      { operation: 'register', outcome: 'ok', status: 200, user: hash },
    ],
    [
      'a preflight',
      undefined,
      {},
      (kit) => kit.send('OPTIONS'),
      { operation: 'preflight', outcome: 'ok', status: 204 },
    ],
    [
      'another method',
      undefined,
      {},
      (kit) => kit.send('PUT', { body: '{}' }),
      { operation: 'other', outcome: 'methodNotAllowed', status: 405 },
    ],
    [
      'nobody’s',
      undefined,
      { authenticate: () => null },
      (kit) => kit.get(),
      { operation: 'read', outcome: 'unauthenticated', status: 401 },
    ],
    [
      'one about somebody else',
      undefined,
      {},
      (kit) => kit.get('?subject=u2'),
      { operation: 'read', outcome: 'subjectMismatch', status: 409, user: hash },
    ],
    [
      'one that Coinflow fails',
      json(500, {}, { 'retry-after': '7' }),
      {},
      (kit) => kit.get(),
      {
        operation: 'read',
        outcome: 'upstreamFailed',
        status: 503,
        user: hash,
        upstreamStatus: 500,
        retryAfterSeconds: 7,
      },
    ],
    [
      'one that finds no Coinflow',
      refusedConnection,
      {},
      (kit) => kit.get(),
      { operation: 'read', outcome: 'upstreamUnreachable', status: 503, causeCode: 'ECONNREFUSED' },
    ],
  ])('is one event that says whose it was, what, and how it ended: %s', async (_, coinflow, over, ask, said) => {
    const kit = openWatched(coinflow, over);
    const response = await ask(kit);
    const [event, ...more] = kit.of('request');
    expect(more).toEqual([]);
    expect(event).toMatchObject({ requestId: response.headers.get('x-request-id'), ...said });
    if (!('user' in said) && over.authenticate) expect(event).not.toHaveProperty('user');
  });

  it('says when it ended and how long it took, and how much of that it was held', async () => {
    vi.setSystemTime('2026-01-02T03:04:05Z');
    const { post, of } = openWatched(
      onRegister(async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return Response.json({ withdrawer });
      }),
      { timeoutMs: 5_000 },
    );
    void post('{}', { prefer: 'wait=3' });
    await after(3_000);
    expect(of('request')).toMatchObject([{ at: '2026-01-02T03:04:08.000Z', durationMs: 3_000, heldMs: 2_000 }]);
    expect(of('upstream').find(({ operation }) => operation === 'register')).toMatchObject({
      at: '2026-01-02T03:04:06.000Z',
      durationMs: 1_000,
    });
    expect(of('registration')).toMatchObject([{ at: '2026-01-02T03:04:06.000Z', durationMs: 1_000 }]);
  });

  it('of a browser that has left is abandoned, as is the call that was out, and is no error', async () => {
    const leaving = new AbortController();
    const { get, of, types } = openWatched(silence, { timeoutMs: 5_000 });
    void get('?subject=u1', { signal: leaving.signal });
    await after(100);
    leaving.abort();
    await after(0);
    expect(types().sort()).toEqual(['request', 'upstream']);
    expect([of('request')[0]?.outcome, of('upstream')[0]?.outcome]).toEqual(['abandoned', 'abandoned']);
  });

  it('of a server render is an event too, with the id of its read', async () => {
    const { handle, events } = openWatched(absent);
    await handle.readInitialRecord({ userId: 'u1' });
    expect(events).toMatchObject([
      { type: 'upstream', operation: 'read', outcome: 'absent', user: hash },
      { type: 'request', operation: 'initialRecord', outcome: 'ok', user: hash, requestId: events[0]?.requestId },
    ]);
    expect(events[1]).not.toHaveProperty('status');
    const failing = openWatched(json(500, {}));
    await failing.handle.readInitialRecord({ userId: 'u1' });
    expect(failing.of('request')).toMatchObject([{ operation: 'initialRecord', outcome: 'upstreamFailed' }]);
    const [{ requestId } = {}] = failing.of('request');
    expect(failing.of('error')).toMatchObject([{ code: 'upstreamFailed', requestId, user: hash, upstreamStatus: 500 }]);
  });
});

describe('a call upstream', () => {
  it.each<[string, Upstream, object]>([
    ['a record', json(200, { withdrawer }), { outcome: 'ok', upstreamStatus: 200 }],
    ['no record', absent, { outcome: 'absent', upstreamStatus: 401 }],
    ['401 to the key', json(401, {}), { outcome: 'upstreamAuth', upstreamStatus: 401 }],
    [
      '429',
      json(429, {}, { 'retry-after': '9' }),
      { outcome: 'rateLimited', upstreamStatus: 429, retryAfterSeconds: 9 },
    ],
    ['500', json(500, {}), { outcome: 'upstreamFailed', upstreamStatus: 500 }],
    ['something else', json(200, { ok: true }), { outcome: 'upstreamMalformed', upstreamStatus: 200 }],
    ['nothing', silence, { outcome: 'upstreamTimeout', durationMs: 60 }],
    ['no connection', refusedConnection, { outcome: 'upstreamUnreachable', causeCode: 'ECONNREFUSED' }],
    ['an error without a code', dropped, { outcome: 'upstreamUnreachable' }],
  ])('is an event with what Coinflow answered: %s', async (_, coinflow, said) => {
    const { get, of } = openWatched(coinflow);
    void get();
    await after(100);
    const [event, ...more] = of('upstream');
    expect(more).toEqual([]);
    expect(event).toEqual({
      type: 'upstream',
      at: expect.any(String) as string,
      requestId: of('request')[0]?.requestId,
      user: hash,
      operation: 'read',
      durationMs: 0,
      count: 1,
      ...said,
    });
  });

  it('names the code that Node’s own `fetch` gives where nobody listens', async () => {
    vi.useRealTimers();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { get, of } = openWatched(undefined, {
      coinflow: { apiKey: 'SECRET', baseUrl: `http://127.0.0.1:${port}/api` },
    });
    await get();
    for (const type of ['upstream', 'request', 'error'] as const)
      expect(of(type)).toMatchObject([{ causeCode: 'ECONNREFUSED' }]);
  });

  it('says no code that is not known to be harmless', async () => {
    const cause = Object.assign(new Error('SECRET'), { code: 'SECRET_TOKEN' });
    const { get, events } = openWatched(() => Promise.reject(new TypeError('fetch failed', { cause })));
    await get();
    expect(events).not.toEqual([]);
    expect(JSON.stringify(events)).not.toMatch(/SECRET|causeCode/);
  });

  it.each<[string, Upstream, object]>([
    ['gives a token', json(201, { data: { id: 'SECRET-token' } }), { outcome: 'ok' }],
    ['fails', json(500, {}), { outcome: 'tokenUnavailable', upstreamStatus: 500 }],
    ['refuses to share', json(404, {}), { outcome: 'noShareableVerification', upstreamStatus: 404 }],
    ['cannot be reached', refusedConnection, { outcome: 'tokenUnavailable', causeCode: 'ECONNREFUSED' }],
  ])('is an event where the vendor %s', async (_, persona, said) => {
    const { post, of } = openWatched(onRegister(json(200, { withdrawer })), {
      shareTokens: personaShareTokens({
        apiKey: 'SECRET-persona',
        connectionId: 'cxn_1',
        inquiryId: () => 'SECRET-inquiry',
        fetch: async (request) => persona(request),
      }),
    });
    await post();
    expect(of('upstream').filter(({ operation }) => operation === 'mint')).toMatchObject([{ user: hash, ...said }]);
  });

  it('has the id of the request that began it, though it serves several', async () => {
    const { get, of, asked } = openWatched(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return Response.json({ withdrawer });
    });
    for (const id of ['first', 'second']) void get('?subject=u1', { headers: { 'x-request-id': id } });
    await after(50);
    expect(asked).toHaveLength(1);
    expect(of('upstream').map(({ requestId }) => requestId)).toEqual(['first']);
    expect(of('request').map(({ requestId }) => requestId)).toEqual(['first', 'second']);
  });

  it('has the id of the held request that began the watch, also in what is reported', async () => {
    let isDown = false;
    const { get, of } = openWatched(() => Response.json({}, { status: isDown ? 500 : 404 }));
    const etag = (await get()).headers.get('etag');
    isDown = true;
    for (const id of ['first', 'second']) void get('?subject=u1', held(etag, id));
    await after(3_000);
    const rereads = of('upstream').filter(({ operation }) => operation === 'reread');
    expect(rereads.map(({ requestId }) => requestId)).toEqual(['first']);
    expect(of('error').map(({ requestId, user: whose }) => [requestId, whose])).toEqual([['first', hash]]);
  });
});

describe('a registration', () => {
  const taken = onRegister(json(200, { withdrawer }));
  /** What stands in every audit record. */
  const record = {
    type: 'registration',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    requestId: 'r1',
    user: hash,
    attemptId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    durationMs: 0,
  };

  it.each<[string, Upstream, KitOptions, object]>([
    ['taken', taken, {}, { vendor: 'persona', sent: true, outcome: 'taken' }],
    [
      'refused',
      onRegister(json(400, {})),
      {},
      { vendor: 'persona', sent: true, outcome: 'tokenRefused', upstreamStatus: 400 },
    ],
    [
      'lost',
      onRegister(refusedConnection),
      {},
      { vendor: 'persona', sent: true, outcome: 'upstreamUnreachable', causeCode: 'ECONNREFUSED' },
    ],
    [
      'without anything to share',
      taken,
      { shareTokens: () => null },
      { sent: false, outcome: 'noShareableVerification' },
    ],
    [
      'without a token',
      taken,
      { shareTokens: () => Promise.reject(new Error('SECRET')) },
      { sent: false, outcome: 'internal' },
    ],
  ])(
    'is an audit record of who, which vendor, when and how it ended, without the token: %s',
    async (_, coinflow, over, said) => {
      const { post, of } = openWatched(coinflow, over);
      await post('{}', { 'x-request-id': 'r1' });
      expect(of('registration')).toEqual([{ ...record, ...said }]);
    },
  );

  it('is named by the attempt id that the vendor was given', async () => {
    const shareTokens = vi.fn<NonNullable<KitOptions['shareTokens']>>(() => null);
    const { post, of } = openWatched(taken, { shareTokens });
    await post();
    expect(of('registration').map(({ attemptId }) => attemptId)).toEqual([shareTokens.mock.calls[0]?.[1].attemptId]);
  });

  it('is recorded once, however many ask for it, and not where a record was found or a budget is spent', async () => {
    const { post, of } = openWatched(taken);
    await Promise.all([after(5_000), ...Array.from({ length: 5 }, () => post())]);
    expect(of('registration')).toHaveLength(1);
    const found = openWatched();
    await found.post();
    expect(found.of('registration')).toEqual([]);
    const spent = openWatched(onRegister(json(400, {})));
    for (let i = 0; i < 5; i++) await spent.post();
    expect(spent.of('registration')).toHaveLength(3);
    expect(spent.of('request').map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(3).fill('tokenRefused'),
      ...Array<string>(2).fill('rateLimited'),
    ]);
  });

  it('whose look fails tells why, though nothing was sent', async () => {
    const { post, of } = openWatched(refusedConnection);
    await post();
    for (const type of ['request', 'error'] as const) expect(of(type)).toMatchObject([{ causeCode: 'ECONNREFUSED' }]);
  });

  it('of a browser that has left is recorded all the same', async () => {
    const leaving = new AbortController();
    const { post, of } = openWatched(
      onRegister(async () => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return Response.json({ withdrawer });
      }),
    );
    void post('{}', {}, { signal: leaving.signal });
    await after(10);
    leaving.abort();
    await after(100);
    expect(of('registration')).toMatchObject([{ outcome: 'taken', sent: true }]);
  });
});

describe('a failure that repeats', () => {
  /** A Coinflow that knows no record, and is down from the second read on. */
  async function openDown(users: number, over: KitOptions = {}) {
    let isDown = false;
    const kit = openWatched(() => Response.json({}, { status: isDown ? 500 : 404 }), {
      authenticate: ({ url }) => ({ userId: new URL(url).searchParams.get('subject') ?? '' }),
      ...over,
    });
    const etag = (await kit.get('?subject=u1')).headers.get('etag');
    isDown = true;
    kit.events.splice(0);
    for (let i = 0; i < users; i++) void kit.get(`?subject=u${i}`, held(etag, `r${i}`));
    return kit;
  }

  it('for many held requests is told at once, then once in 10 s with its count, and none is lost', async () => {
    const { of, errors } = await openDown(20);
    await after(2_100);
    expect(of('error').map(({ count }) => count)).toEqual([1]);
    expect(errors).toHaveLength(20);
    await after(20_000);
    const failures = errors.length;
    expect(failures).toBeGreaterThan(40);
    expect(of('error').map(({ code, upstreamStatus }) => [code, upstreamStatus])).toEqual(
      Array(of('error').length).fill(['upstreamFailed', 500]),
    );
    expect(of('error').length).toBeLessThanOrEqual(3);
    expect(of('error').reduce((sum, { count }) => sum + count, 0)).toBe(failures);
    const calls = of('upstream').filter(({ operation }) => operation === 'reread');
    expect(calls.length).toBeLessThanOrEqual(3);
    expect(calls.reduce((sum, { count }) => sum + count, 0)).toBe(failures);
  });

  it('is at most one event in any 10 s, with the request and the user of the last', async () => {
    const { get, of } = openWatched(json(500, {}));
    const times: number[] = [];
    const beganAt = performance.now();
    for (let i = 0; i < 25; i++) {
      const before = of('error').length;
      await get('?subject=u1', { headers: { 'x-request-id': `r${i}` } });
      await after(1_000);
      if (of('error').length > before) times.push(Math.floor((performance.now() - beganAt) / 1_000));
    }
    expect(times).toEqual([1, 10, 20]);
    expect(of('error').map(({ count, requestId }) => [count, requestId])).toEqual([
      [1, 'r0'],
      [9, 'r9'],
      [10, 'r19'],
    ]);
    // Each request has an event of its own.
    expect(of('request').map(({ requestId }) => requestId)).toEqual(Array.from({ length: 25 }, (_, i) => `r${i}`));
  });

  it('is told anew at once after 10 s without it', async () => {
    const { get, of } = openWatched(json(500, {}));
    await get();
    await after(10_000);
    await get();
    expect(of('error').map(({ count }) => count)).toEqual([1, 1]);
  });

  it('is told beside others: by another code, status or cause', async () => {
    const answers = [json(500, {}), json(503, {}), refusedConnection, dropped, json(500, {})];
    const { get, of } = openWatched((request) => (answers.shift() ?? dropped)(request));
    for (let i = 0; i < 5; i++) await get();
    const told = of('upstream').map(({ outcome, upstreamStatus, causeCode }) => [outcome, upstreamStatus, causeCode]);
    expect(told).toEqual([
      ['upstreamFailed', 500, undefined],
      ['upstreamFailed', 503, undefined],
      ['upstreamUnreachable', undefined, 'ECONNREFUSED'],
      ['upstreamUnreachable', undefined, undefined],
    ]);
    expect(of('error')).toHaveLength(4);
  });

  it('is counted by its code alone once there are more kinds than anybody could read', async () => {
    let calls = 0;
    const { get, of } = openWatched(undefined, {
      authenticate: () => {
        throw new KitError('forbidden', { message: `User ${++calls} may not.` });
      },
    });
    for (let i = 0; i < 300; i++) await get();
    expect(of('error')).toHaveLength(201);
    await after(10_000);
    expect(of('error').reduce((sum, { count }) => sum + count, 0)).toBe(300);
  });

  it('is counted although a runtime drops the timers of requests that are over', async () => {
    const { get, of } = openWatched(json(500, {}));
    for (let i = 0; i < 3; i++) await get();
    vi.clearAllTimers();
    await after(15_000);
    await get();
    expect(of('error').map(({ count }) => count)).toEqual([1, 3]);
  });
});

describe('an `onEvent` that fails', () => {
  it.each([
    ['throws', vi.fn().mockThrow(new Error('the log is full'))],
    ['rejects', vi.fn().mockRejectedValue(new Error('the log is full'))],
  ])('because it %s breaks no request, and is reported the first time', async (_, onEvent) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { get, post, handle, errors } = openKit(onRegister(json(200, { withdrawer })), { onEvent });
    expect((await get()).status).toBe(200);
    expect((await post()).status).toBe(200);
    expect(await handle.readInitialRecord({ userId: 'u1' })).not.toBeNull();
    await after(0);
    expect(errors).toMatchObject([{ code: 'internal', message: expect.stringContaining('`onEvent` threw') as string }]);
    expect(onEvent.mock.calls.length).toBeGreaterThan(3);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

it('every event is flat JSON without empty keys, so that it can be a line of pino or attributes of OpenTelemetry', async () => {
  const { get, post, events, send } = openWatched(onRegister(json(200, { withdrawer })), { holdMs: 100 });
  await get();
  await Promise.all([post('{}', { prefer: 'wait=8' }), after(500)]);
  await send('PUT', { body: '{}' });
  await openWatched(json(500, {}), { onEvent: (event) => void events.push(event) }).get();
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['request', 'upstream', 'registration', 'error']));
  for (const event of events) {
    expect(event).toStrictEqual(JSON.parse(JSON.stringify(event)));
    for (const value of Object.values(event)) expect(['string', 'number', 'boolean']).toContain(typeof value);
  }
});
