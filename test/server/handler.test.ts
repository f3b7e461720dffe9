import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createKycReuseHandler,
  type KitError,
  type KycReuseHandlerOptions,
  personaShareTokens,
  sumsubShareTokens,
} from '../../src/server';

const secrets = {
  apiKey: 'coinflow_api_key_secret',
  personaKey: 'persona_key_secret',
  shareToken: 'cnst_share_token_secret',
  sessionToken: 'st_session_token_secret',
  sessionKey: 'eyJ_session_key_secret',
  email: 'avery.secret@example.com',
  wallet: 'wallet_secret',
  bank: 'bank_token_secret',
};
const withdrawer = {
  email: secrets.email,
  wallet: secrets.wallet,
  bankAccounts: [{ token: secrets.bank }],
  verification: {
    status: 'approved',
    vendor: 'persona',
    shareToken: secrets.shareToken,
    sessionToken: secrets.sessionToken,
  },
};

type Upstream = (request: Request) => Response | Promise<Response>;

let mints = 0;
/** As vendors do: a new one each time. */
const mint = () =>
  ({ vendor: 'persona', shareToken: `${secrets.shareToken}_${++mints}`, email: secrets.email }) as const;

/** A handler over one answer of Coinflow, with what it reported. */
function handlerOver(coinflow: Upstream, over: Partial<KycReuseHandlerOptions> = {}) {
  const errors: KitError[] = [];
  const handle = createKycReuseHandler({
    coinflow: {
      apiKey: secrets.apiKey,
      baseUrl: 'https://coinflow.test/api',
      timeoutMs: 60,
      fetch: async (request) => coinflow(request),
    },
    authenticate: () => ({ userId: 'u1', email: secrets.email, country: 'US' }),
    shareTokens: mint,
    onError: (error) => errors.push(error),
    ...over,
  });
  return {
    errors,
    get: (query = '?subject=u1', init: RequestInit = {}) =>
      handle(new Request(`https://shop.test/api/kyc${query}`, init)),
    post: (body: BodyInit = '{}', headers: Record<string, string> = {}) =>
      handle(
        new Request('https://shop.test/api/kyc?subject=u1', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', ...headers },
        }),
      ),
    handle,
  };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });
const code = async (response: Response) => ((await response.json()) as { error?: { code?: string } }).error?.code;

afterEach(() => void vi.useRealTimers());

describe('what a read becomes', () => {
  it.each([
    ['200', json(200, { withdrawer }), 200, undefined],
    ['451 without a link', json(451, { withdrawer, verification: { status: 'rejected' } }), 451, undefined],
    ['401 that says no record', json(401, { message: 'No withdrawer associated with wallet u1' }), 404, 'absent'],
    ['401 that says so in `details`', json(401, { details: 'No withdrawer associated with user' }), 404, 'absent'],
    ['404', json(404, {}), 404, 'absent'],
    ['404 with nothing', () => new Response(null, { status: 404 }), 404, 'absent'],
    [
      '404 with a page, as of a wrong base URL',
      () => new Response('<html>', { status: 404 }),
      502,
      'upstreamMalformed',
    ],
    ['401 of a bad key', json(401, { message: 'Unauthorized' }), 502, 'upstreamAuth'],
    ['403', json(403, {}), 502, 'upstreamAuth'],
    ['429', json(429, {}, { 'retry-after': '7' }), 429, 'rateLimited'],
    ['400', json(400, { message: 'odd' }), 502, 'upstreamFailed'],
    ['500', json(500, {}), 502, 'upstreamFailed'],
    ['503 with HTML', () => new Response('<html>', { status: 503 }), 502, 'upstreamFailed'],
    ['200 with HTML', () => new Response('<html>'), 502, 'upstreamMalformed'],
    ['200 with nothing', () => new Response(null), 502, 'upstreamMalformed'],
    ['200 of another shape', json(200, { ok: true }), 502, 'upstreamMalformed'],
    ['200 with more than 1 MB', json(200, { withdrawer, more: 'x'.repeat(1_100_000) }), 502, 'upstreamMalformed'],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.test/' } }),
      502,
      'upstreamFailed',
    ],
    ['silence', () => new Promise<Response>(() => {}), 504, 'upstreamTimeout'],
    ['a dropped connection', () => Promise.reject(new TypeError('fetch failed')), 502, 'upstreamUnreachable'],
  ])('%s', async (_, upstream, status, error) => {
    const response = await handlerOver(upstream).get();
    expect(response.status).toBe(status);
    expect(await code(response)).toBe(error);
  });

  it.each([
    ['seconds', '7', '7'],
    ['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', '30'],
    ['a day, cut to an hour', '86400', '3600'],
    ['what is neither, not at all', 'soon; <b>', null],
  ])('passes Retry-After on in seconds, with a 429 and with a failure: %s', async (_, value, told) => {
    vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
    for (const status of [429, 500, 503]) {
      const { get, post, errors } = handlerOver(json(status, {}, { 'retry-after': value }));
      for (const response of [await get(), await post()]) {
        expect(response.status).toBe(status === 429 ? 429 : 502);
        expect(response.headers.get('retry-after')).toBe(told);
      }
      expect(errors.map(({ retryAfterSeconds }) => retryAfterSeconds)).toEqual(
        Array(2).fill(told === null ? undefined : Number(told)),
      );
    }
  });

  it('does not ask again before the Retry-After of a 429 has passed, for that user and that question alone', async () => {
    vi.useFakeTimers();
    const asked: string[] = [];
    const { handle } = handlerOver(
      (request) => {
        const { pathname } = new URL(request.url);
        const user = request.headers.get('x-coinflow-auth-user-id') ?? '';
        asked.push(`${request.method} ${pathname.replace('/api', '')} ${user}`);
        return asked.length === 1
          ? Response.json({}, { status: 429, headers: { 'retry-after': '30' } })
          : Response.json({ withdrawer, key: 'k' });
      },
      { authenticate: (request) => ({ userId: request.headers.get('x-user') ?? '', email: secrets.email }) },
    );
    const get = (user: string, query = '') =>
      handle(new Request(`https://shop.test/api/kyc?subject=${user}${query}`, { headers: { 'x-user': user } }));
    expect((await get('u1')).status).toBe(429);
    vi.advanceTimersByTime(10_500);
    const held = await get('u1');
    expect([held.status, held.headers.get('retry-after'), await code(held)]).toEqual([429, '20', 'rateLimited']);
    await expect(handle.readInitialRecord({ userId: 'u1' })).rejects.toMatchObject({
      code: 'rateLimited',
      retryAfterSeconds: 20,
    });
    expect([(await get('u1', '&session=1')).status, (await get('u2')).status]).toEqual([200, 200]);
    expect(asked).toEqual(['GET /withdraw u1', 'GET /auth/session-key u1', 'GET /withdraw u2']);
    vi.advanceTimersByTime(19_500);
    expect((await get('u1')).status).toBe(200);
  });

  it('follows no redirect of Coinflow, which could carry the key elsewhere', async () => {
    const modes: RequestRedirect[] = [];
    await handlerOver((request) => {
      modes.push(request.redirect);
      return Response.json({ withdrawer });
    }).get();
    expect(modes).toEqual(['manual']);
  });
});

describe('what a registration becomes', () => {
  it.each([
    ['200', json(200, { withdrawer }), 200, undefined, undefined],
    [
      '200 with an odd body: the token is used up, a GET tells the rest',
      json(200, { ok: true }),
      202,
      undefined,
      undefined,
    ],
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
    ['404 that says nothing', json(404, {}), 502, 'upstreamMalformed', undefined],
    ['401 of a bad key', json(401, {}), 502, 'upstreamAuth', true],
    ['500: nobody knows what became of the token', json(500, {}), 502, 'upstreamFailed', undefined],
    ['silence', () => new Promise<Response>(() => {}), 504, 'upstreamTimeout', undefined],
  ])('%s', async (_, upstream, status, error, notSent) => {
    const response = await handlerOver(upstream).post();
    expect(response.status).toBe(status);
    const body = (await response.json()) as { error?: { code?: string; notSent?: boolean } };
    expect(body.error?.code).toBe(error);
    expect(body.error?.notSent).toBe(notSent);
  });

  it.each([
    ['401', () => Response.json({ errors: [] }, { status: 401 })],
    ['404', () => Response.json({ errors: [] }, { status: 404 })],
    ['500', () => new Response('oops', { status: 500 })],
    ['200 of another shape', () => Response.json({ data: {} })],
    ['silence', () => new Promise<Response>(() => {})],
  ])('is tokenUnavailable, not sent, when Persona answers %s', async (_, persona) => {
    const shareTokens = personaShareTokens({
      apiKey: secrets.personaKey,
      connectionId: 'cxn_1',
      inquiryId: () => 'inq_1',
      timeoutMs: 60,
      fetch: async () => persona(),
    });
    const coinflow = vi.fn<Upstream>();
    const response = await handlerOver(coinflow, { shareTokens }).post();
    expect(await response.json()).toMatchObject({ error: { code: 'tokenUnavailable', notSent: true } });
    expect(coinflow).not.toHaveBeenCalled();
  });

  it.each([429, 503])('passes Retry-After on, when a vendor answers %i with one', async (status) => {
    const fetch = () => Promise.resolve(Response.json({}, { status, headers: { 'retry-after': '7' } }));
    for (const shareTokens of [
      personaShareTokens({ apiKey: secrets.personaKey, connectionId: 'cxn_1', inquiryId: () => 'inq_1', fetch }),
      sumsubShareTokens({ appToken: 'a', secretKey: 's', forClientId: 'c', applicantId: () => 'app_1', fetch }),
    ]) {
      const response = await handlerOver(vi.fn<Upstream>(), { shareTokens }).post();
      expect([response.status, response.headers.get('retry-after'), await code(response)]).toEqual([
        502,
        '7',
        'tokenUnavailable',
      ]);
    }
  });

  it.each([
    ['a bare text', 'cnst_1'],
    ['no e-mail address', { vendor: 'persona', shareToken: 't' }],
    ['a country with Persona', { vendor: 'persona', shareToken: 't', email: 'a@example.com', country: 'US' }],
    ['no country with Sumsub', { vendor: 'sumsub', shareToken: 't', email: 'a@example.com' }],
  ])('is internal, not sent, when `shareTokens` gives %s', async (_, token) => {
    const coinflow = vi.fn<Upstream>();
    const response = await handlerOver(coinflow, { shareTokens: () => token as never }).post();
    expect(await response.json()).toMatchObject({ error: { code: 'internal', notSent: true } });
    expect(coinflow).not.toHaveBeenCalled();
  });

  it('is tokenUnavailable, not sent, when `shareTokens` never settles, and the next try is a new one', async () => {
    vi.useFakeTimers();
    const shareTokens = vi
      .fn<() => Promise<null>>()
      .mockReturnValueOnce(new Promise(() => {}))
      .mockResolvedValue(null);
    const { post } = handlerOver(vi.fn<Upstream>(), { shareTokens });
    const first = post();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await (await first).json()).toMatchObject({ error: { code: 'tokenUnavailable', notSent: true } });
    expect(await code(await post())).toBe('noShareableVerification');
  });

  it('is one a minute: a page that was reloaded meanwhile costs no second token', async () => {
    vi.useFakeTimers();
    const shareTokens = vi.fn(mint);
    const { post } = handlerOver(json(200, { withdrawer }), { shareTokens });
    expect((await post()).status).toBe(200);
    vi.advanceTimersByTime(59_000);
    expect((await post()).status).toBe(202);
    expect(shareTokens).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    expect((await post()).status).toBe(200);
    expect(shareTokens).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a refusal', 400, 400],
    ['a limit', 429, 429],
    ['a bad key', 401, 502],
  ])('tries again at once after %s, which stands for nothing', async (_, upstream, status) => {
    const answers = [json(upstream, {}), json(200, { withdrawer })];
    const { post } = handlerOver(() => (answers.shift() ?? json(500, {}))());
    expect([(await post()).status, (await post()).status]).toEqual([status, 200]);
  });

  it.each([
    ['a lost answer', () => Promise.reject(new TypeError('fetch failed')), 'upstreamUnreachable'],
    ['a 500', json(500, {}), 'upstreamFailed'],
  ] as const)(
    'costs no second token for 10 s after %s, of which nobody knows what it was: a page that was reloaded has forgotten it',
    async (_, lost, error) => {
      vi.useFakeTimers();
      const shareTokens = vi.fn(mint);
      const answers: Upstream[] = [lost, json(200, { withdrawer })];
      const { post } = handlerOver((request) => (answers.shift() ?? json(500, {}))(request), { shareTokens });
      expect(await code(await post())).toBe(error);
      vi.advanceTimersByTime(9_000);
      expect(await code(await post())).toBe(error);
      expect(shareTokens).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(1_000);
      expect((await post()).status).toBe(200);
      expect(shareTokens).toHaveBeenCalledTimes(2);
    },
  );

  it('meets a limit once: until its Retry-After has passed, no other is tried, and no token is minted for it', async () => {
    vi.useFakeTimers();
    const shareTokens = vi.fn(mint);
    const answers = [json(429, {}, { 'retry-after': '30' }), json(200, { withdrawer })];
    const { post } = handlerOver(() => (answers.shift() ?? json(500, {}))(), {
      shareTokens,
      browserTokens: { verify: () => true },
    });
    const told = async (body?: string) => {
      const response = await post(body);
      return [response.status, response.headers.get('retry-after'), (await response.json()) as unknown];
    };
    const limited = { error: expect.objectContaining({ code: 'rateLimited', notSent: true }) as unknown };
    expect(await told()).toEqual([429, '30', limited]);
    vi.advanceTimersByTime(10_500);
    expect(await told()).toEqual([429, '20', limited]);
    expect(await told(JSON.stringify({ vendor: 'persona', shareToken: 'mine' }))).toEqual([429, '20', limited]);
    vi.advanceTimersByTime(19_400);
    expect(await told()).toEqual([429, '1', limited]);
    expect(shareTokens).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    // What was held back was not spent.
    expect((await post(JSON.stringify({ vendor: 'persona', shareToken: 'mine' }))).status).toBe(200);
  });

  describe('a browser’s token that may be used up, sent again,', () => {
    const inHand = (shareToken: string) => JSON.stringify({ vendor: 'persona', shareToken });
    const dropped: Upstream = () => Promise.reject(new TypeError('fetch failed'));

    /** A user whose tokens the browser holds. */
    function holding(answers: Upstream[], over: Partial<KycReuseHandlerOptions> = {}) {
      vi.useFakeTimers();
      const sent: string[] = [];
      const opened = handlerOver(
        async (request) => {
          sent.push(((await request.json()) as { shareToken: string }).shareToken);
          return (answers.shift() ?? json(200, { withdrawer }))(request);
        },
        { browserTokens: { verify: () => true }, ...over },
      );
      const told = async (body?: string) => {
        const response = await opened.post(body);
        const { error } = (await response.json()) as { error?: { code: string; notSent?: boolean } };
        return [response.status, error?.code, error?.notSent];
      };
      return { ...opened, sent, told };
    }
    const refused = [400, 'tokenRefused', undefined];

    it('is refused without asking Coinflow, after a 400', async () => {
      const { told, sent } = holding([json(400, {})]);
      for (let i = 0; i < 4; i++) expect(await told(inHand('a'))).toEqual(refused);
      expect(sent).toEqual(['a']);
      expect((await told(inHand('b')))[0]).toBe(200);
      expect(sent).toEqual(['a', 'b']);
    });

    it('is refused once a lost answer no longer stands for it, and until then it is told so', async () => {
      const { told, sent } = holding([dropped]);
      const lost = [502, 'upstreamUnreachable', undefined];
      expect(await told(inHand('a'))).toEqual(lost);
      vi.advanceTimersByTime(9_900);
      expect(await told(inHand('a'))).toEqual(lost);
      vi.advanceTimersByTime(100);
      expect(await told(inHand('a'))).toEqual(refused);
      expect(sent).toEqual(['a']);
    });

    it('is refused a minute after it was taken, and until then it is told so', async () => {
      const { told, sent } = holding([]);
      expect((await told(inHand('a')))[0]).toBe(200);
      vi.advanceTimersByTime(59_900);
      expect((await told(inHand('a')))[0]).toBe(202);
      vi.advanceTimersByTime(100);
      expect(await told(inHand('a'))).toEqual(refused);
      expect(sent).toEqual(['a']);
    });

    it('is not sent in the minute after another one was taken, with which a page was loaded anew', async () => {
      const { told, sent } = holding([json(400, {}), json(200, {})]);
      await told(inHand('a'));
      for (const token of [inHand('b'), inHand('c'), inHand('a'), undefined]) expect((await told(token))[0]).toBe(202);
      expect(sent).toEqual(['a', 'b']);
      vi.advanceTimersByTime(60_000);
      expect(await told(inHand('a'))).toEqual(refused);
      expect((await told(inHand('c')))[0]).toBe(200);
      expect(sent).toEqual(['a', 'b', 'c']);
    });

    it('does not end what another token’s registration stands for', async () => {
      const { told, sent } = holding([dropped, json(400, {})]);
      const lost = [502, 'upstreamUnreachable', undefined];
      expect(await told(inHand('a'))).toEqual(lost);
      expect(await told(inHand('b'))).toEqual(refused);
      expect(await told(inHand('a'))).toEqual(lost);
      expect(sent).toEqual(['a', 'b']);
    });

    it('is refused at once while a limit holds back what may go', async () => {
      const { told, sent } = holding([json(400, {}), json(429, {}, { 'retry-after': '30' })]);
      await told(inHand('a'));
      expect(await told(inHand('b'))).toEqual([429, 'rateLimited', true]);
      expect(await told(inHand('a'))).toEqual(refused);
      expect(await told(inHand('b'))).toEqual([429, 'rateLimited', true]);
      expect(sent).toEqual(['a', 'b']);
    });

    it('is another user’s own affair, and is forgotten after an hour', async () => {
      let userId = 'u1';
      const { told, sent, handle } = holding([json(400, {}), json(400, {})], {
        authenticate: () => ({ userId, email: secrets.email }),
      });
      await told(inHand('a'));
      userId = 'u2';
      await handle(
        new Request('https://shop.test/api/kyc?subject=u2', {
          method: 'POST',
          body: inHand('a'),
          headers: { 'content-type': 'application/json' },
        }),
      );
      expect(sent).toEqual(['a', 'a']);
      userId = 'u1';
      vi.advanceTimersByTime(3_599_000);
      expect(await told(inHand('a'))).toEqual(refused);
      vi.advanceTimersByTime(1_000);
      expect((await told(inHand('a')))[0]).toBe(200);
    });

    it.each([
      ['a bad key', json(401, {})],
      ['a limit', json(429, {})],
    ])('may go after %s, with which it was not used', async (_, upstream) => {
      const { told, sent } = holding([upstream]);
      expect((await told(inHand('a')))[2]).toBe(true);
      expect((await told(inHand('a')))[0]).toBe(200);
      expect(sent).toEqual(['a', 'a']);
    });

    it('is known among the last 5,000: memory has an end', async () => {
      const { handle, sent } = holding([], {
        authenticate: ({ url }) => ({ userId: new URL(url).searchParams.get('subject') ?? '', email: secrets.email }),
      });
      const post = (user: number) =>
        handle(
          new Request(`https://shop.test/api/kyc?subject=u${user}`, {
            method: 'POST',
            body: inHand('a'),
            headers: { 'content-type': 'application/json' },
          }),
        );
      for (let user = 0; user <= 5_000; user++) await post(user);
      vi.advanceTimersByTime(60_000);
      expect([(await post(1)).status, (await post(0)).status]).toEqual([400, 200]);
      expect(sent).toHaveLength(5_002);
    });
  });

  it('takes vendors’ base URLs with a slash at the end', async () => {
    const asked: string[] = [];
    const fetch = (request: Request) => {
      asked.push(request.url);
      return Promise.resolve(Response.json({ token: 't', data: { id: 't' } }));
    };
    const user = { userId: 'u1', email: secrets.email, country: 'US' };
    await personaShareTokens({
      apiKey: 'k',
      connectionId: 'c',
      inquiryId: () => 'i',
      baseUrl: 'https://persona.test/api/v1/',
      fetch,
    })(user);
    await sumsubShareTokens({
      appToken: 'a',
      secretKey: 's',
      forClientId: 'c',
      applicantId: () => 'i',
      baseUrl: 'https://sumsub.test/',
      fetch,
    })(user);
    expect(asked).toEqual([
      'https://persona.test/api/v1/connect/share-tokens',
      'https://sumsub.test/resources/accessTokens/shareToken',
    ]);
  });

  it('signs for Sumsub as its reference says', async () => {
    let seen: Request | undefined;
    const shareTokens = sumsubShareTokens({
      appToken: 'sbx:app',
      secretKey: 'sumsub_secret',
      forClientId: 'coinflow_client',
      applicantId: () => 'app_1',
      fetch: (request) => {
        seen = request;
        return Promise.resolve(Response.json({ token: 'tok', forClientId: 'coinflow_client' }));
      },
    });
    await shareTokens({ userId: 'u1', email: secrets.email, country: 'US' });
    const body = (await seen?.text()) ?? '';
    const ts = seen?.headers.get('x-app-access-ts') ?? '';
    expect(Math.abs(Number(ts) - Date.now() / 1000)).toBeLessThan(5);
    expect(seen?.headers.get('x-app-access-sig')).toBe(
      createHmac('sha256', 'sumsub_secret').update(`${ts}POST/resources/accessTokens/shareToken${body}`).digest('hex'),
    );
    expect(JSON.parse(body)).toEqual({ applicantId: 'app_1', forClientId: 'coinflow_client', ttlInSecs: 600 });
  });

  it('sends no country for Persona, and one for Sumsub', async () => {
    const bodies: unknown[] = [];
    const coinflow: Upstream = async (request) => {
      bodies.push(await request.json());
      return Response.json({ withdrawer });
    };
    await handlerOver(coinflow).post();
    await handlerOver(coinflow, {
      shareTokens: () => ({ vendor: 'sumsub', shareToken: 't', email: secrets.email, country: 'US' }),
    }).post();
    expect(bodies.map((body) => Object.keys(body as object))).toEqual([
      ['vendor', 'shareToken', 'email'],
      ['vendor', 'shareToken', 'email', 'country'],
    ]);
  });
});

describe('who is answered', () => {
  const never = vi.fn<Upstream>();

  it('nobody who is not signed in', async () => {
    const { get, post } = handlerOver(never, { authenticate: () => null });
    expect([(await get()).status, (await post()).status]).toEqual([401, 401]);
    expect(never).not.toHaveBeenCalled();
  });

  it('nobody about somebody else, and nobody who does not say whom', async () => {
    const { get } = handlerOver(never);
    expect(await code(await get('?subject=u2'))).toBe('subjectMismatch');
    expect(await code(await get(''))).toBe('badRequest');
    expect(never).not.toHaveBeenCalled();
  });

  it('nobody when `authenticate` throws, and what it threw is told to `onError` only', async () => {
    const cause = new Error('the session store is down');
    const { get, errors } = handlerOver(never, {
      authenticate: () => {
        throw cause;
      },
    });
    const response = await get();
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('session store');
    expect(errors.map((error) => error.cause)).toEqual([cause]);
  });

  it('with its coded answer, when `onError` throws or rejects, and nothing is left unhandled', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    for (const onError of [
      vi.fn().mockThrow(new Error('the logger is down')),
      vi.fn().mockRejectedValue(new Error('the logger is down')),
    ]) {
      expect(await code(await handlerOver(json(500, {}), { onError }).get())).toBe('upstreamFailed');
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Partial<KycReuseHandlerOptions>]>([
    ['authenticate', { authenticate: () => new Promise(() => {}) }],
    ['browserTokens.verify', { browserTokens: { verify: () => new Promise(() => {}) } }],
  ])('with an error, not sent, when `%s` never settles', async (name, over) => {
    vi.useFakeTimers();
    const { post, errors } = handlerOver(never, over);
    const answer = post(JSON.stringify({ vendor: 'persona', shareToken: 'mine' }));
    await vi.advanceTimersByTimeAsync(15_000);
    const response = await answer;
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'internal', notSent: true } });
    expect(errors.map(({ message }) => message)).toEqual([`\`${name}\` gave nothing within 15 s.`]);
    expect(never).not.toHaveBeenCalled();
  });

  it('nobody who has left: no failure is reported for that', async () => {
    const abort = new AbortController();
    const { get, errors } = handlerOver(() => new Promise<Response>(() => {}));
    const answer = get('?subject=u1', { signal: abort.signal });
    abort.abort();
    await answer;
    expect(errors).toEqual([]);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.shop.test' }],
    ['another origin, in a browser without Sec-Fetch-Site', { origin: 'https://evil.test' }],
    ['an opaque origin', { origin: 'null' }],
  ])('no POST from %s', async (_, headers) => {
    const { post } = handlerOver(never);
    expect(await code(await post('{}', headers))).toBe('crossSite');
    expect(never).not.toHaveBeenCalled();
  });

  it('POSTs of its own pages, and of origins it was told of', async () => {
    const { post } = handlerOver(json(200, { withdrawer }), { allowedOrigins: ['https://app.shop.test'] });
    const headers = [
      { 'sec-fetch-site': 'same-origin', origin: 'https://shop.test' },
      { origin: 'https://shop.test' },
      { 'sec-fetch-site': 'same-site', origin: 'https://app.shop.test' },
    ];
    expect(await Promise.all(headers.map(async (it) => (await post('{}', it)).status))).toEqual([200, 200, 200]);
  });

  it('preflights of those origins, and lets their pages read Retry-After', async () => {
    const { handle } = handlerOver(never, { allowedOrigins: ['https://app.shop.test'] });
    const preflight = (origin: string) =>
      handle(
        new Request('https://shop.test/api/kyc', {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-headers': 'content-type,x-mine' },
        }),
      );
    const allowed = await preflight('https://app.shop.test');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.shop.test');
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type,x-mine');
    expect(allowed.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['a\r\nx-injected: 1', 'with space', 'ümlaut', '', '\u0000', 'x'.repeat(600)])(
    'nobody whose id cannot stand in a header: %j',
    async (userId) => {
      const { get } = handlerOver(never, { authenticate: () => ({ userId }) });
      const response = await get(`?subject=${encodeURIComponent(userId)}`);
      expect(await code(response)).toBe('internal');
      expect(never).not.toHaveBeenCalled();
    },
  );
});

describe('what may be sent', () => {
  const never = vi.fn<Upstream>();

  it('no other method; `Allow` says which', async () => {
    const response = await handlerOver(never).get('?subject=u1', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST, OPTIONS');
  });

  it('no other content type, no body over 64 kB, and nothing but JSON', async () => {
    const { post } = handlerOver(never);
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(JSON.stringify({ more: 'x'.repeat(70_000) }))).status).toBe(413);
    expect((await post('not json')).status).toBe(422);
    expect((await post('[]')).status).toBe(422);
    expect(never).not.toHaveBeenCalled();
  });

  it('no share token, unless `browserTokens` says so and verifies it', async () => {
    const token = { vendor: 'persona', shareToken: 'mine', email: 'other@example.com' };
    const bodies: unknown[] = [];
    const coinflow: Upstream = async (request) => {
      bodies.push(await request.json());
      return Response.json({ withdrawer });
    };
    expect(await code(await handlerOver(coinflow).post(JSON.stringify(token)))).toBe('badRequest');
    const verify = vi.fn().mockReturnValueOnce(false).mockReturnValue(true);
    const { post } = handlerOver(coinflow, { browserTokens: { verify } });
    expect(await code(await post(JSON.stringify(token)))).toBe('forbidden');
    expect((await post(JSON.stringify(token))).status).toBe(200);
    // The e-mail address is the merchant's word, not the browser's.
    expect(bodies).toEqual([{ vendor: 'persona', shareToken: 'mine', email: secrets.email }]);
  });

  it('no body that reaches into prototypes', async () => {
    const { post } = handlerOver(json(200, { withdrawer }));
    await post('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('what is on every answer, and what is in none', () => {
  const answers: [string, () => Promise<Response>][] = [
    ['a record', () => handlerOver(json(200, { withdrawer })).get()],
    ['no record', () => handlerOver(json(404, {})).get()],
    ['a registration', () => handlerOver(json(200, { withdrawer })).post()],
    ['a refusal', () => handlerOver(json(400, { message: `token ${secrets.shareToken} of ${secrets.email}` })).post()],
    ['a bad key', () => handlerOver(json(401, { message: `bad key ${secrets.apiKey}` })).get()],
    ['a failure', () => handlerOver(json(500, { message: secrets.apiKey })).get()],
    ['a wrong method', () => handlerOver(json(200, {})).get('?subject=u1', { method: 'PUT' })],
    ['a stranger', () => handlerOver(json(200, {}), { authenticate: () => null }).get()],
  ];

  it.each(answers)('%s is JSON that nobody may keep', async (_, ask) => {
    const { headers } = await ask();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toContain('application/json');
    expect(headers.get('vary')).toContain('Origin');
  });

  it.each(answers)('%s holds no secret', async (_, ask) => {
    const response = await ask();
    const all = (await response.text()) + JSON.stringify([...response.headers]);
    for (const secret of Object.values(secrets)) expect(all).not.toContain(secret);
  });

  it('an error reported to `onError`, and the default log line, hold no secret either', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const upstream = json(500, { message: `${secrets.apiKey} ${secrets.shareToken} ${secrets.email}` });
    const { post, errors } = handlerOver(upstream);
    await post();
    await createKycReuseHandler({
      coinflow: {
        apiKey: secrets.apiKey,
        baseUrl: 'https://coinflow.test/api',
        fetch: () => Promise.resolve(upstream()),
      },
      authenticate: () => ({ userId: 'u1', email: secrets.email }),
      shareTokens: () => ({ vendor: 'persona', shareToken: secrets.shareToken, email: secrets.email }),
    })(
      new Request('https://shop.test/api/kyc?subject=u1', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(errors).toHaveLength(1);
    expect(log).toHaveBeenCalledTimes(1);
    const told = JSON.stringify([
      errors.map((error) => [Object.entries(error), error.message, error.stack]),
      log.mock.calls,
    ]);
    for (const secret of Object.values(secrets)) expect(told).not.toContain(secret);
  });

  it('a session key goes to its user only, and only when asked for', async () => {
    const { get } = handlerOver((request) =>
      request.url.endsWith('/auth/session-key')
        ? Response.json({ key: secrets.sessionKey })
        : Response.json({ withdrawer }),
    );
    expect(await (await get('?subject=u1&session=1')).json()).toEqual({ sessionKey: secrets.sessionKey });
    expect(await (await get()).text()).not.toContain(secrets.sessionKey);
    expect(await code(await get('?subject=u2&session=1'))).toBe('subjectMismatch');
  });
});

describe('set up wrongly', () => {
  const good = {
    coinflow: { apiKey: 'k', env: 'sandbox' },
    authenticate: () => null,
    shareTokens: () => null,
  } as const;

  it.each([
    ['no API key', { coinflow: { apiKey: '', env: 'sandbox' } }, '`coinflow.apiKey`'],
    ['a Bearer key', { coinflow: { apiKey: 'Bearer k', env: 'sandbox' } }, 'without "Bearer"'],
    ['no env', { coinflow: { apiKey: 'k' } }, '`coinflow.env` is missing'],
    ['an unknown env', { coinflow: { apiKey: 'k', env: 'production' } }, '"production"'],
    ['no authenticate', { authenticate: undefined }, '`authenticate` is missing'],
    ['no shareTokens', { shareTokens: undefined }, '`shareTokens` is missing'],
    ['an origin with a path', { allowedOrigins: ['https://shop.test/'] }, 'not an origin'],
  ])('it says so at once: %s', (_, wrong, told) => {
    expect(() => createKycReuseHandler({ ...good, ...wrong } as unknown as KycReuseHandlerOptions)).toThrow(told);
  });
});
