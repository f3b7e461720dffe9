import { afterEach, describe, expect, it, vi } from 'vitest';
import { codeOf, dropped, json, onRegister, openKit, silence, type Upstream, user, withdrawer } from './openKit';

afterEach(() => void vi.useRealTimers());

describe('what a read becomes', () => {
  it.each<[string, Upstream, number, string | undefined]>([
    ['200', json(200, { withdrawer }), 200, undefined],
    ['451 without a link', json(451, { withdrawer, verification: { status: 'rejected' } }), 451, undefined],
    [
      '404 with a page, as of a wrong base URL',
      () => new Response('<html>', { status: 404 }),
      500,
      'upstreamMalformed',
    ],
    ['404 with nothing', () => new Response(null, { status: 404 }), 500, 'upstreamMalformed'],
    ['401 of a bad key', json(401, { message: 'Unauthorized' }), 500, 'upstreamAuth'],
    ['403', json(403, {}), 500, 'upstreamAuth'],
    ['429', json(429, {}, { 'retry-after': '7' }), 429, 'rateLimited'],
    ['400', json(400, { message: 'odd' }), 503, 'upstreamFailed'],
    ['500', json(500, {}), 503, 'upstreamFailed'],
    ['503 with HTML', () => new Response('<html>', { status: 503 }), 503, 'upstreamFailed'],
    ['200 with HTML', () => new Response('<html>'), 500, 'upstreamMalformed'],
    ['200 with nothing', () => new Response(null), 500, 'upstreamMalformed'],
    ['200 of another shape', json(200, { ok: true }), 500, 'upstreamMalformed'],
    ['451 of another shape', json(451, { ok: true }), 500, 'upstreamMalformed'],
    ['200 with more than 1 MB', json(200, { withdrawer, more: 'x'.repeat(1_100_000) }), 500, 'upstreamMalformed'],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.test/' } }),
      503,
      'upstreamFailed',
    ],
    ['silence', silence, 503, 'upstreamTimeout'],
    ['a body that never ends', () => new Response(new ReadableStream()), 503, 'upstreamTimeout'],
    ['a dropped connection', dropped, 503, 'upstreamUnreachable'],
  ])('%s', async (_, upstream, status, error) => {
    const response = await openKit(upstream).get();
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(error);
  });

  it.each<[string, Upstream]>([
    ['a 401 that says so', json(401, { message: 'No withdrawer associated with wallet u1' })],
    ['a 401 that says so in `details`', json(401, { details: 'No withdrawer associated with user' })],
    ['a 404', json(404, {})],
    ['a 200 with null', json(200, { withdrawer: null })],
  ])('“no record yet” is a 200, and no failure: %s', async (_, upstream) => {
    const { get, errors } = openKit(upstream);
    const response = await get();
    expect([response.status, await response.json()]).toEqual([200, { withdrawer: null }]);
    expect(errors).toEqual([]);
  });

  it.each([
    ['seconds', '7', '7'],
    ['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', '30'],
    ['a day, cut to an hour', '86400', '3600'],
    ['what is neither, not at all', 'soon; <b>', null],
  ])('passes Retry-After on in seconds, with a 429 and with a failure: %s', async (_, value, told) => {
    vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
    for (const status of [429, 500, 503]) {
      const { get, post, errors } = openKit(json(status, {}, { 'retry-after': value }));
      for (const response of [await get(), await post()]) {
        expect(response.status).toBe(status === 429 ? 429 : 503);
        expect(response.headers.get('retry-after')).toBe(told);
      }
      expect(errors.map(({ retryAfterSeconds }) => retryAfterSeconds)).toEqual(
        Array(2).fill(told === null ? undefined : Number(told)),
      );
    }
  });

  it('does not ask again before the Retry-After of a 429 has passed, for that user and that question alone', async () => {
    vi.useFakeTimers();
    const questions: string[] = [];
    const { handle } = openKit(
      (request) => {
        const { pathname } = new URL(request.url);
        const userId = request.headers.get('x-coinflow-auth-user-id') ?? '';
        questions.push(`${request.method} ${pathname.replace('/api', '')} ${userId}`);
        return questions.length === 1
          ? Response.json({}, { status: 429, headers: { 'retry-after': '30' } })
          : Response.json({ withdrawer, key: 'k' });
      },
      { authenticate: (request) => ({ userId: request.headers.get('x-user') ?? '', email: user.email }) },
    );
    const get = (userId: string, query = '') =>
      handle(new Request(`https://shop.test/api/kyc?subject=${userId}${query}`, { headers: { 'x-user': userId } }));
    expect((await get('u1')).status).toBe(429);
    vi.advanceTimersByTime(10_500);
    const held = await get('u1');
    expect([held.status, held.headers.get('retry-after'), await codeOf(held)]).toEqual([429, '20', 'rateLimited']);
    expect(await handle.readInitialRecord({ userId: 'u1' })).toBeNull();
    expect([(await get('u1', '&session=1')).status, (await get('u2')).status]).toEqual([200, 200]);
    expect(questions).toEqual(['GET /withdraw u1', 'GET /auth/session-key u1', 'GET /withdraw u2']);
    vi.advanceTimersByTime(19_500);
    expect((await get('u1')).status).toBe(200);
  });

  it('follows no redirect of Coinflow, which could carry the key elsewhere', async () => {
    const modes: RequestRedirect[] = [];
    await openKit((request) => {
      modes.push(request.redirect);
      return Response.json({ withdrawer });
    }).get();
    expect(modes).toEqual(['manual']);
  });

  it.each([
    '{"__proto__":{"withdrawer":{"verification":{"status":"approved"}}}}',
    '{"withdrawer":{"__proto__":{"verification":{"status":"approved"}}}}',
    '{"withdrawer":{"verification":{"__proto__":{"status":"approved","polluted":true}}}}',
    '{"constructor":{"prototype":{"withdrawer":{"verification":{"status":"approved"}},"polluted":true}}}',
  ])('a body that reaches into prototypes, %s, is no record', async (body) => {
    expect(await codeOf(await openKit(() => new Response(body)).get())).toBe('upstreamMalformed');
    expect('polluted' in {}).toBe(false);
  });
});

describe('what a registration becomes', () => {
  it.each<[string, Upstream, number, string | undefined, true | undefined]>([
    ['200', json(200, { withdrawer }), 200, undefined, undefined],
    ['201', json(201, { withdrawer }), 200, undefined, undefined],
    ['451', json(451, { withdrawer, verification: { status: 'pending' } }), 451, undefined, undefined],
    ['451 of another shape', json(451, { ok: true }), 500, 'upstreamMalformed', undefined],
    [
      '200 with an odd body: the token is used up, a GET tells the rest',
      json(200, { ok: true }),
      202,
      undefined,
      undefined,
    ],
    ['200 without a record yet', json(200, { withdrawer: null }), 202, undefined, undefined],
    ['400', json(400, { message: 'not approved' }), 400, 'tokenRefused', undefined],
    ['429', json(429, {}), 429, 'rateLimited', true],
    [
      '401 that says no record: the token is taken, and the record is not there yet',
      json(401, { message: 'No withdrawer associated with wallet u1' }),
      202,
      undefined,
      undefined,
    ],
    [
      '404 that says no record',
      json(404, { details: 'No withdrawer associated with user' }),
      202,
      undefined,
      undefined,
    ],
    ['404 that says nothing', json(404, {}), 500, 'upstreamMalformed', undefined],
    ['401 of a bad key', json(401, {}), 500, 'upstreamAuth', true],
    ['500: nobody knows what became of the token', json(500, {}), 503, 'upstreamFailed', undefined],
    ['silence', silence, 503, 'upstreamTimeout', undefined],
  ])('%s', async (_, upstream, status, error, notSent) => {
    const response = await openKit(onRegister(upstream)).post();
    expect(response.status).toBe(status);
    const body = (await response.json()) as { error?: { code?: string; notSent?: boolean } };
    expect(body.error?.code).toBe(error);
    expect(body.error?.notSent).toBe(notSent);
  });

  it('goes on when the browser leaves: its token would be lost with the answer', async () => {
    const leaving = new AbortController();
    let isEnded: boolean | undefined;
    const { post } = openKit((request) => {
      leaving.abort();
      isEnded = request.signal.aborted;
      return Response.json({ withdrawer });
    });
    expect((await post('{}', {}, { signal: leaving.signal })).status).toBe(200);
    expect(isEnded).toBe(false);
  });

  it('sends no country for Persona, and one for Sumsub', async () => {
    const bodies: unknown[] = [];
    const coinflow: Upstream = async (request) => {
      bodies.push(await request.json());
      return Response.json({ withdrawer });
    };
    await openKit(onRegister(coinflow)).post();
    await openKit(onRegister(coinflow), {
      shareTokens: () => ({ vendor: 'sumsub', shareToken: 't', email: user.email, country: 'US' }),
    }).post();
    expect(bodies.map((body) => Object.keys(body as object))).toEqual([
      ['vendor', 'shareToken', 'email'],
      ['vendor', 'shareToken', 'email', 'country'],
    ]);
  });
});

it.each(['1.2.3.4\r\nx-injected: 1', 'localhost', '1.2.3.4, 5.6.7.8', '::1%eth0', ' '])(
  'a client address that is none, %j, is not passed on',
  async (ip) => {
    const asked: Headers[] = [];
    const get = (clientIp: string) =>
      openKit(undefined, {
        coinflow: {
          apiKey: 'k',
          baseUrl: 'https://coinflow.test/api',
          clientIp: () => clientIp,
          fetch: ({ headers }) => {
            asked.push(headers);
            return Promise.resolve(Response.json({ withdrawer }));
          },
        },
      }).get();
    await get(ip);
    await get('2001:db8::7');
    expect(asked.map((headers) => headers.get('x-coinflow-client-ip'))).toEqual([null, '2001:db8::7']);
  },
);
