import { afterEach, describe, expect, it, vi } from 'vitest';
import { after, codeOf, mint, openForNewcomer, openKit, user } from './openKit';

afterEach(() => void vi.useRealTimers());

const ownOrigin = 'https://shop.test';

describe('a POST of another site', () => {
  it.each<[string, Record<string, string>]>([
    ['by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['by Sec-Fetch-Site, whatever Origin claims', { 'sec-fetch-site': 'cross-site', origin: ownOrigin }],
    ['by a Sec-Fetch-Site nobody has heard of', { 'sec-fetch-site': 'moon' }],
    ['from a subdomain', { 'sec-fetch-site': 'same-site' }],
    ['from another subdomain, named', { 'sec-fetch-site': 'same-site', origin: 'https://blog.shop.test' }],
    ['from another origin, in a browser without Sec-Fetch-Site', { origin: 'https://evil.test' }],
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
    const { post, asked, authenticate } = openKit(undefined, { allowedOrigins: ['https://app.example'] });
    const response = await post('{}', headers);
    expect([response.status, await codeOf(response)]).toEqual([403, 'crossSite']);
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
    const { post, asked, authenticate } = openKit();
    const response = await post('{}', { 'content-type': type });
    expect([response.status, await codeOf(response)]).toEqual([415, 'unsupportedMediaType']);
    expect(authenticate).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
  });

  it('is told from our own, which may write its content type as it likes', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON ;x=y']) {
      const { post } = openKit();
      const headers = { 'content-type': type, origin: ownOrigin, 'sec-fetch-site': 'same-origin' };
      expect((await post('{}', headers)).status).toBe(200);
    }
  });

  it('is told from those of our own pages, and of origins the kit was told of', async () => {
    const { post } = openKit(undefined, { allowedOrigins: ['https://app.shop.test'] });
    const headers = [
      { 'sec-fetch-site': 'same-origin', origin: ownOrigin },
      { origin: ownOrigin },
      { 'sec-fetch-site': 'same-site', origin: 'https://app.shop.test' },
    ];
    expect(await Promise.all(headers.map(async (it) => (await post('{}', it)).status))).toEqual([200, 200, 200]);
  });
});

describe('a GET of another site', () => {
  const wanted = ['?subject=u1', '?subject=u1&session=1'];

  it.each<[string, Record<string, string>]>([
    ['an image or a script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a fetch', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'https://evil.test' }],
    ['a page of a subdomain', { 'sec-fetch-site': 'same-site' }],
    ['a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
    ['a frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ['a fetch, in a browser without Sec-Fetch-Site', { origin: 'https://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('is refused, made by %s: no read, and no session key', async (_, headers) => {
    for (const method of ['GET', 'HEAD'])
      for (const query of wanted) {
        const { send, asked, authenticate } = openKit(undefined, { allowedOrigins: ['https://app.example'] });
        const response = await send(method, { query, headers });
        expect(response.status).toBe(403);
        if (method === 'GET') expect(await codeOf(response)).toBe('crossSite');
        expect(authenticate).not.toHaveBeenCalled();
        expect(asked).toEqual([]);
      }
  });

  it.each<[string, Record<string, string>]>([
    ['our own page', { 'sec-fetch-site': 'same-origin' }],
    ['a page of an allowed origin', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }],
    ['who types the address', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['our own page, in a browser without Sec-Fetch-Site', {}],
  ])('is told from one of %s', async (_, headers) => {
    const { get } = openKit(() => Response.json({ key: 'k1' }), { allowedOrigins: ['https://app.example'] });
    expect((await get('?subject=u1&session=1', { headers })).status).toBe(200);
  });
});

describe('a HEAD', () => {
  it('is answered like a GET of the record, without a body', async () => {
    const { send, get } = openKit();
    const headers = { 'x-request-id': 'r1' };
    const [head, read] = [await send('HEAD', { headers }), await get('?subject=u1', { headers })];
    expect(head.status).toBe(read.status);
    expect([...head.headers]).toEqual([...read.headers]);
    expect(await head.text()).toBe('');
    expect((await openKit(undefined, { authenticate: () => null }).send('HEAD')).status).toBe(401);
  });

  it('never mints a session key, which nobody would get', async () => {
    const { send, asked } = openKit();
    expect((await send('HEAD', { query: '?subject=u1&session=1' })).status).toBe(200);
    expect(asked.map(({ url }) => url)).toEqual(['https://coinflow.test/api/withdraw']);
  });
});

describe('a page of an allowed origin', () => {
  const preflight = (origin: string, wanted?: string) =>
    openKit(undefined, { allowedOrigins: ['https://app.shop.test'] }).send('OPTIONS', {
      query: '',
      headers: { origin, ...(wanted !== undefined && { 'access-control-request-headers': wanted }) },
    });

  it('may send what it asks to, `Prefer` included', async () => {
    const allowed = await preflight('https://app.shop.test', 'content-type,prefer,x-mine');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.shop.test');
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type,prefer,x-mine');
    expect((await preflight('https://app.shop.test')).headers.get('access-control-allow-headers')).toContain('prefer');
  });

  it('may read what the gate reads: `ETag`, `Retry-After` and `Preference-Applied`', async () => {
    const { post } = openKit(undefined, { allowedOrigins: ['https://app.shop.test'] });
    for (const response of [
      await preflight('https://app.shop.test'),
      await post('{}', { origin: 'https://app.shop.test' }),
    ])
      expect(response.headers.get('access-control-expose-headers')).toBe(
        'ETag, Retry-After, Preference-Applied, X-Request-Id',
      );
  });

  it('is told from any other', async () => {
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what may be sent', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
    'no %s: that is 405 and names the methods there are, and nobody is asked who it is',
    async (method) => {
      const { send, authenticate } = openKit();
      const response = await send(method);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
      expect(authenticate).not.toHaveBeenCalled();
    },
  );

  it('no body over 64 kB, and nothing but a JSON object', async () => {
    const { post, asked } = openKit();
    expect((await post(JSON.stringify({ more: 'x'.repeat(70_000) }))).status).toBe(413);
    expect((await post('not json')).status).toBe(422);
    expect((await post('[]')).status).toBe(422);
    expect(asked).toEqual([]);
  });

  it.each<[string, UnderlyingDefaultSource<Uint8Array>]>([
    ['breaks off', { pull: (c) => c.error(new Error('SECRET-reset')) }],
    [
      'breaks off halfway',
      {
        start: (c) => c.enqueue(new TextEncoder().encode('{"vendor":')),
        pull: (c) => c.error(new Error('SECRET-reset')),
      },
    ],
    ['never comes', {}],
    ['stops halfway', { start: (c) => c.enqueue(new TextEncoder().encode('{"vendor":')) }],
  ])(
    'no body that %s: the browser has left, which is no failure of the kit, and its next POST registers',
    async (_, source) => {
      vi.useFakeTimers();
      const { post, asked, errors } = openForNewcomer();
      const answer = post(new ReadableStream(source), {}, { duplex: 'half' } as RequestInit);
      await after(15_000);
      const response = await answer;
      expect(response.status).toBe(408);
      expect(await response.json()).toMatchObject({ error: { code: 'bodyIncomplete', notSent: true } });
      expect([errors, asked]).toEqual([[], []]);
      expect((await post()).status).toBe(200);
    },
  );

  it('no body at all is as good as an empty object', async () => {
    expect((await openKit().post('')).status).toBe(200);
  });

  it('no body where one was announced: something read it before, and the answer says what to do', async () => {
    const token = JSON.stringify({ vendor: 'persona', shareToken: 'mine' });
    const shareTokens = vi.fn(mint);
    const { post, handle, asked, errors } = openKit(undefined, { shareTokens, browserTokens: { verify: () => true } });
    const read = () =>
      new Request('https://shop.test/api/kyc?subject=u1', {
        method: 'POST',
        body: token,
        headers: { 'content-type': 'application/json' },
      });
    const used = read();
    await used.text();
    const locked = read();
    locked.body?.getReader();
    for (const response of [
      await post('', { 'content-length': String(token.length) }),
      await post('', { 'transfer-encoding': 'chunked' }),
      await handle(used),
      await handle(locked),
    ]) {
      expect(response.status).toBe(500);
      expect(await response.json()).toMatchObject({ error: { code: 'bodyConsumed', notSent: true } });
    }
    expect(errors[0]?.message).toMatch(/express\.json\(\).*createNodeListener/);
    expect([asked, shareTokens.mock.calls]).toEqual([[], []]);
    expect((await post('', { 'content-length': '0' })).status).toBe(200);
  });

  it.each([
    '{"__proto__":{"vendor":"persona","shareToken":"stolen","email":"thief@example.com","polluted":true}}',
    '{"constructor":{"prototype":{"vendor":"persona","shareToken":"stolen","polluted":true}}}',
    '{"prototype":{"polluted":true},"toString":"x","hasOwnProperty":1,"then":1}',
  ])('a body that reaches into prototypes, %s, is read as an empty one', async (body) => {
    const verify = vi.fn(() => true);
    const shareTokens = () => ({ vendor: 'persona', shareToken: 'minted', email: user.email }) as const;
    const { post, asked } = openForNewcomer(undefined, { browserTokens: { verify }, shareTokens });
    expect((await post(body)).status).toBe(200);
    expect(verify).not.toHaveBeenCalled();
    expect(await asked[0]?.json()).toEqual({ vendor: 'persona', shareToken: 'minted', email: user.email });
    expect('polluted' in {}).toBe(false);
  });
});
