import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import {
  createKycReuseHandler,
  type KitError,
  type KycReuseHandlerOptions,
  type KycUser,
  personaShareTokens,
  sumsubShareTokens,
} from '../../src/server';

const user = { userId: 'u1', email: 'SECRET-email@example.com', country: 'US' };
const ownOrigin = 'https://shop.test';
const withdrawer = { verification: { status: 'approved', vendor: 'persona' } };

/** A handler with everything it asks, reports and logs. */
function open(
  over: Partial<KycReuseHandlerOptions> = {},
  coinflow: (request: Request) => Response | Promise<Response> = () => Response.json({ withdrawer }),
) {
  const asked: Request[] = [];
  const errors: KitError[] = [];
  const authenticate = vi.fn<KycReuseHandlerOptions['authenticate']>(over.authenticate ?? (() => user));
  const handle = createKycReuseHandler({
    coinflow: {
      apiKey: 'SECRET-coinflow-key',
      baseUrl: 'https://coinflow.test/api',
      fetch: async (request) => {
        asked.push(request.clone());
        return coinflow(request);
      },
    },
    shareTokens: () => ({ vendor: 'persona', shareToken: 'SECRET-token', email: user.email }),
    onError: (error) => errors.push(error),
    ...over,
    authenticate,
  });
  const send = (method: string, { query = '?subject=u1', ...init }: RequestInit & { query?: string } = {}) =>
    handle(new Request(`${ownOrigin}/api/kyc${query}`, { method, ...init }));
  return {
    asked,
    errors,
    authenticate,
    send,
    get: (query?: string) => send('GET', query === undefined ? {} : { query }),
    post: (body = '{}', headers: Record<string, string> = {}) =>
      send('POST', { body, headers: { 'content-type': 'application/json', ...headers } }),
  };
}

const code = async (response: Response) => ((await response.json()) as { error?: { code?: string } }).error?.code;

describe('who is not signed in', () => {
  it.each([
    ['a read', 'GET', '?subject=u1'],
    ['a registration', 'POST', '?subject=u1'],
    ['a session key', 'GET', '?subject=u1&session=1'],
    ['a read about nobody', 'GET', ''],
  ])('gets 401 for %s, and nothing is asked', async (_, method, query) => {
    for (const nobody of [null, undefined]) {
      const { send, asked } = open({ authenticate: () => nobody });
      const response = await send(method, {
        query,
        ...(method === 'POST' && { body: '{}', headers: { 'content-type': 'application/json' } }),
      });
      expect([response.status, await code(response)]).toEqual([401, 'unauthenticated']);
      expect(asked).toEqual([]);
    }
  });
});

describe('a POST of another site', () => {
  it.each<[string, Record<string, string>]>([
    ['by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['by Sec-Fetch-Site, whatever Origin claims', { 'sec-fetch-site': 'cross-site', origin: ownOrigin }],
    ['by a Sec-Fetch-Site nobody has heard of', { 'sec-fetch-site': 'moon' }],
    ['from a subdomain', { 'sec-fetch-site': 'same-site' }],
    ['from a host that begins like ours', { origin: `${ownOrigin}.evil.test` }],
    ['from a host that ends like ours', { origin: 'https://evilshop.test' }],
    ['from another port', { origin: `${ownOrigin}:8443` }],
    ['with our host as the user name', { origin: `https://shop.test@evil.test` }],
    ['with our host as the path', { origin: `https://evil.test/shop.test` }],
    ['from an origin that begins like an allowed one', { origin: 'https://app.example.evil.test' }],
    ['from an allowed host, by another scheme', { origin: 'http://app.example' }],
    ['from an opaque origin', { origin: 'null' }],
    ['from an origin that is none', { origin: 'shop.test' }],
  ])('is refused %s, before anybody is asked who it is', async (_, headers) => {
    const { post, asked, authenticate } = open({ allowedOrigins: ['https://app.example'] });
    const response = await post('{}', headers);
    expect([response.status, await code(response)]).toEqual([403, 'crossSite']);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(authenticate).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonx',
    'application/json, text/plain',
    '',
  ])('is refused with the content type %j, which a form could send', async (type) => {
    const { post, asked, authenticate } = open();
    const response = await post('{}', { 'content-type': type });
    expect([response.status, await code(response)]).toEqual([415, 'unsupportedMediaType']);
    expect(authenticate).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
  });

  it('is told from our own, which may write its content type as it likes', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON ;x=y']) {
      expect(
        (await open().post('{}', { 'content-type': type, origin: ownOrigin, 'sec-fetch-site': 'same-origin' })).status,
      ).toBe(200);
    }
  });
});

describe('every answer', () => {
  const upstream = (status: number) => () => Response.json({}, { status });
  const failing = () => {
    throw new Error('down');
  };
  const post = { body: '{}', headers: { 'content-type': 'application/json' } };
  const fromApp = { origin: 'https://app.example' };
  const answers: [number, string, () => Promise<Response>][] = [
    [200, 'a record', () => open().get()],
    [200, 'a session key', () => open({}, () => Response.json({ key: 'k' })).get('?subject=u1&session=1')],
    [202, 'a registration without a record', () => open({}, upstream(200)).post()],
    [204, 'a preflight', () => open().send('OPTIONS')],
    [
      204,
      'a preflight of an allowed origin',
      () => open({ allowedOrigins: [fromApp.origin] }).send('OPTIONS', { headers: fromApp }),
    ],
    [400, 'a refused token', () => open({}, upstream(400)).post()],
    [401, 'a stranger', () => open({ authenticate: () => null }).get()],
    [403, 'another site', () => open().post('{}', { 'sec-fetch-site': 'cross-site' })],
    [404, 'no record', () => open({}, upstream(404)).get()],
    [405, 'another method', () => open().send('PUT', post)],
    [409, 'another subject', () => open().get('?subject=u2')],
    [409, 'nothing to share', () => open({ shareTokens: () => null }).post()],
    [413, 'a long body', () => open().post('x'.repeat(70_000))],
    [415, 'another content type', () => open().post('{}', { 'content-type': 'text/plain' })],
    [422, 'no JSON', () => open().post('{')],
    [429, 'too many', () => open({}, upstream(429)).get()],
    [500, 'an `authenticate` that throws', () => open({ authenticate: failing }).get()],
    [502, 'a failure behind', () => open({}, upstream(500)).get()],
    [502, 'nobody behind', () => open({}, failing).get()],
  ];

  it.each(answers)('%i, %s: nobody may keep it, share it or guess at its type', async (status, _, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('vary')).toMatch(/\bOrigin\b/);
    if (status !== 204) expect(response.headers.get('vary')).toBe('Origin, Cookie, Authorization');
    expect(response.headers.get('content-type')).toBe(status === 204 ? null : 'application/json; charset=utf-8');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'PROPFIND'])(
    'to %s is 405 and names the methods there are, and nobody is asked who it is',
    async (method) => {
      const { send, authenticate } = open();
      const response = await send(method);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
      expect(authenticate).not.toHaveBeenCalled();
    },
  );

  it('gives back nothing that was sent, so that it can carry nothing', async () => {
    const marker = '<img src=x onerror=alert(1)>';
    const query = `?subject=${encodeURIComponent(marker)}&session=${encodeURIComponent(marker)}`;
    const body = JSON.stringify({ vendor: marker, shareToken: marker, [marker]: marker });
    const { get, post, send } = open({ browserTokens: { verify: () => false } });
    const all = [
      await get(query),
      await post(body),
      await post(marker),
      await post('{}', { origin: 'https://marker.test' }),
      await send('POST', { query, body: '{}', headers: { 'content-type': 'application/json' } }),
    ];
    for (const response of all) {
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(`${await response.text()} ${JSON.stringify([...response.headers])}`).not.toMatch(/onerror|marker/);
    }
  });
});

describe('an id that is not printable ASCII', () => {
  const odd = {
    'a line break and a header': 'u1\r\nx-coinflow-auth-user-id: u2',
    'a lone line feed': 'u1\n',
    'a null character': 'u1\u0000',
    'a tab': 'u\t1',
    'a delete character': 'u1\u007f',
    'a no-break space': 'u\u00a01',
    'a zero-width space': 'u\u200b1',
    'a byte order mark': '\ufeffu1',
    'a right-to-left override': 'u\u202e1',
    'a line separator': 'u\u20281',
    'a Cyrillic letter that looks Latin': 'а1',
    'a full-width digit': 'u１',
    'an accent of its own': 'u\u03011',
    'half of a surrogate pair': 'u\ud83d',
    'an emoji': 'u😀',
    nothing: '',
    'a space around it': ' u1 ',
    '513 characters': 'u'.repeat(513),
  };
  const users: [string, (id: string) => KycUser][] = [
    ['userId', (userId) => ({ userId })],
    ['wallet', (wallet) => ({ wallet, blockchain: 'solana' })],
    ['blockchain', (blockchain) => ({ wallet: 'w1', blockchain })],
  ];

  describe.each(users)('is refused as a `%s`', (_, userOf) => {
    it.each(Object.entries(odd))('with %s, for reads and registrations, and nothing is asked', async (__, id) => {
      const { get, post, asked, errors } = open({ authenticate: () => userOf(id) });
      for (const response of [await get(), await post()])
        expect([response.status, await code(response)]).toEqual([500, 'internal']);
      expect(errors.map(({ message }) => message)).toEqual(
        Array(2).fill(expect.stringMatching(/^`authenticate` gave a `\w+` that cannot be sent to Coinflow/)),
      );
      expect(asked).toEqual([]);
    });
  });

  it.each([42, {}, ['u1'], true])('is refused where plain JavaScript gives %j', async (id) => {
    const { get, asked } = open({ authenticate: () => ({ userId: id }) as never });
    expect(await code(await get())).toBe('internal');
    expect(asked).toEqual([]);
  });

  it('cannot come from the browser: `subject` is compared, and never sent on', async () => {
    const { get, asked } = open();
    for (const subject of Object.values(odd))
      expect(await code(await get(`?${new URLSearchParams({ subject }).toString()}`))).toBe(
        subject ? 'subjectMismatch' : 'badRequest',
      );
    expect(asked).toEqual([]);
  });
});

it.each(['1.2.3.4\r\nx-injected: 1', 'localhost', '1.2.3.4, 5.6.7.8', '::1%eth0', ' '])(
  'a client address that is none, %j, is not passed on',
  async (ip) => {
    const asked: Headers[] = [];
    const handle = (clientIp: string) =>
      open({
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
    await handle(ip);
    await handle('2001:db8::7');
    expect(asked.map((headers) => headers.get('x-coinflow-client-ip'))).toEqual([null, '2001:db8::7']);
  },
);

describe('a body that reaches into prototypes', () => {
  const polluting = [
    '{"__proto__":{"vendor":"persona","shareToken":"stolen","email":"thief@example.com","polluted":true}}',
    '{"constructor":{"prototype":{"vendor":"persona","shareToken":"stolen","polluted":true}}}',
    '{"prototype":{"polluted":true},"toString":"x","hasOwnProperty":1,"then":1}',
  ];

  it.each(polluting)('of the browser, %s, is read as an empty one', async (body) => {
    const verify = vi.fn(() => true);
    const { post, asked } = open({ browserTokens: { verify } });
    expect((await post(body)).status).toBe(200);
    expect(verify).not.toHaveBeenCalled();
    expect(await asked[0]?.json()).toEqual({ vendor: 'persona', shareToken: 'SECRET-token', email: user.email });
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    '{"__proto__":{"withdrawer":{"verification":{"status":"approved"}}}}',
    '{"withdrawer":{"__proto__":{"verification":{"status":"approved"}}}}',
    '{"withdrawer":{"verification":{"__proto__":{"status":"approved","polluted":true}}}}',
    '{"constructor":{"prototype":{"withdrawer":{"verification":{"status":"approved"}},"polluted":true}}}',
  ])('of Coinflow, %s, is no record', async (body) => {
    const { get } = open({}, () => new Response(body));
    expect(await code(await get())).toBe('upstreamMalformed');
    expect('polluted' in {}).toBe(false);
  });
});

describe('nothing secret is told', () => {
  const secrets = {
    message: 'SECRET-coinflow-key SECRET-token SECRET-email@example.com',
    details: 'SECRET-session-key',
    error: { code: 'SECRET' },
    errors: [{ title: 'SECRET' }],
    token: 7,
    key: 7,
  };
  const leaks: [string, () => Response | Promise<Response>][] = [
    ...[200, 400, 401, 403, 404, 409, 429, 451, 500, 503].map((status): [string, () => Response] => [
      `${status} full of secrets`,
      () =>
        Response.json(secrets, {
          status,
          headers: { 'x-echo': 'SECRET', 'set-cookie': 'SECRET', 'retry-after': 'SECRET <b>' },
        }),
    ]),
    ['a page full of secrets', () => new Response('<p>SECRET', { status: 502 })],
    [
      'an error that quotes the request',
      () =>
        Promise.reject(
          new TypeError('Headers.append: "Bearer SECRET" is an invalid header value.', { cause: new Error('SECRET') }),
        ),
    ],
  ];
  const vendors = {
    Persona: (fetch: () => Promise<Response>) =>
      personaShareTokens({
        apiKey: 'SECRET-persona',
        connectionId: 'SECRET-cxn',
        inquiryId: () => 'SECRET-inq',
        fetch,
      }),
    Sumsub: (fetch: () => Promise<Response>) =>
      sumsubShareTokens({
        appToken: 'SECRET-app',
        secretKey: 'SECRET-key',
        forClientId: 'SECRET-client',
        applicantId: () => 'SECRET-applicant',
        fetch,
      }),
  };

  async function everythingTold(opened: ReturnType<typeof open>, ask: () => Promise<Response>): Promise<string> {
    const response = await ask();
    return inspect(
      [
        opened.errors,
        opened.errors.map((error) => [JSON.stringify(error), error.stack]),
        await response.text(),
        [...response.headers],
      ],
      { depth: 10, showHidden: true },
    );
  }

  it.each(leaks)('when Coinflow answers %s', async (_, answer) => {
    for (const ask of [
      (it: ReturnType<typeof open>) => it.get(),
      (it: ReturnType<typeof open>) => it.post(),
      (it: ReturnType<typeof open>) => it.get('?subject=u1&session=1'),
    ]) {
      const opened = open({}, answer);
      expect(await everythingTold(opened, () => ask(opened))).not.toContain('SECRET');
    }
  });

  it.each(leaks)('when Persona or Sumsub answers %s', async (_, answer) => {
    for (const shareTokens of Object.values(vendors)) {
      const opened = open({ shareTokens: shareTokens(async () => answer()) });
      expect(await everythingTold(opened, () => opened.post())).not.toContain('SECRET');
      expect(opened.asked).toEqual([]);
    }
  });

  it.each<[string, () => unknown]>([
    ['Coinflow', () => open({ coinflow: { apiKey: 'SECRET\nkey', env: 'sandbox' } })],
    ['Persona', () => personaShareTokens({ apiKey: 'SECRET\nkey', connectionId: 'c', inquiryId: () => 'i' })],
    [
      'Sumsub',
      () => sumsubShareTokens({ appToken: 'SECRET\nkey', secretKey: 's', forClientId: 'c', applicantId: () => 'a' }),
    ],
  ])('when a key of %s cannot stand in a header: that is said at once, without the key', (_, create) => {
    expect(create).toThrow(/^kyc-reuse-gate: .*odd characters/);
    expect(create).not.toThrow(/SECRET/);
  });

  it('by the default log line, when a function of the merchant’s throws a secret: that is in `cause` alone', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const handle = createKycReuseHandler({
      coinflow: { apiKey: 'SECRET', env: 'sandbox' },
      authenticate: () => user,
      shareTokens: () => {
        throw new Error('SECRET');
      },
    });
    const response = await handle(
      new Request(`${ownOrigin}/?subject=u1`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(response.status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
    expect(inspect([log.mock.calls, await response.text()])).not.toContain('SECRET');
  });
});
