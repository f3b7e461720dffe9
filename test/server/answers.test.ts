import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { createKycReuseHandler, personaShareTokens, sumsubShareTokens } from '../../src/server';
import { kitErrors } from '../../src/server/answers';
import { codeOf, json, onRegister, openForNewcomer, openKit, type Upstream, user, withdrawer } from './openKit';

const upstream = (status: number) => json(status, { message: 'SECRET-coinflow-key SECRET-token' });
const failing = () => {
  throw new Error('down');
};

describe('every answer', () => {
  const fromApp = { origin: 'https://app.example' };
  const answers: [number, string, () => Promise<Response>][] = [
    [200, 'a record', () => openKit().get()],
    [200, 'no record', () => openKit(upstream(404)).get()],
    [200, 'a session key', () => openKit(json(200, { key: 'k' })).get('?subject=u1&session=1')],
    [200, 'a registration', () => openForNewcomer().post()],
    [200, 'a held registration', () => openForNewcomer().post('{}', { prefer: 'wait=5' })],
    [202, 'a registration without a record', () => openForNewcomer(upstream(200)).post()],
    [204, 'a preflight', () => openKit().send('OPTIONS')],
    [
      204,
      'a preflight of an allowed origin',
      () => openKit(undefined, { allowedOrigins: [fromApp.origin] }).send('OPTIONS', { headers: fromApp }),
    ],
    [400, 'a refused token', () => openForNewcomer(upstream(400)).post()],
    [401, 'a stranger', () => openKit(undefined, { authenticate: () => null }).get()],
    [403, 'another site', () => openKit().post('{}', { 'sec-fetch-site': 'cross-site' })],
    [405, 'another method', () => openKit().send('PUT', { body: '{}' })],
    [409, 'another subject', () => openKit().get('?subject=u2')],
    [409, 'nothing to share', () => openForNewcomer(undefined, { shareTokens: () => null }).post()],
    [413, 'a long body', () => openKit().post('x'.repeat(70_000))],
    [415, 'another content type', () => openKit().post('{}', { 'content-type': 'text/plain' })],
    [422, 'no JSON', () => openKit().post('{')],
    [429, 'too many', () => openKit(upstream(429)).get()],
    [500, 'an `authenticate` that throws', () => openKit(undefined, { authenticate: failing }).get()],
    [500, 'a bad key', () => openKit(upstream(401)).get()],
    [503, 'a failure behind', () => openKit(upstream(500)).get()],
    [503, 'nobody behind', () => openKit(failing).get()],
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

  it.each(answers)('%i, %s: it holds no secret', async (_, __, ask) => {
    const response = await ask();
    expect((await response.text()) + JSON.stringify([...response.headers])).not.toContain('SECRET');
  });

  it('is never a 502 or a 504, whose bodies edge networks replace, and never a 404, which CDNs turn into a page', () => {
    const statuses = Object.values(kitErrors).map(({ httpStatus }) => httpStatus);
    expect(statuses.filter((status) => [404, 502, 504].includes(status))).toEqual([]);
  });

  it('gives back nothing that was sent, so that it can carry nothing', async () => {
    const marker = '<img src=x onerror=alert(1)>';
    const query = `?subject=${encodeURIComponent(marker)}&session=${encodeURIComponent(marker)}`;
    const body = JSON.stringify({ vendor: marker, shareToken: marker, [marker]: marker });
    const { get, post, send } = openKit(undefined, { browserTokens: { verify: () => false } });
    const all = [
      await get(query),
      await post(body),
      await post(marker),
      await post('{}', { origin: 'https://marker.test' }),
      await post('{', { prefer: `wait=5; ${marker}` }),
      await send('POST', { query, body: '{}', headers: { 'content-type': 'application/json' } }),
    ];
    for (const response of all) {
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(`${await response.text()} ${JSON.stringify([...response.headers])}`).not.toMatch(/onerror|marker/);
    }
  });

  it('that holds a record says what the gate needs, and nothing else', async () => {
    const verification = { status: 'approved', attested: false, vendor: 'persona' };
    expect(await (await openKit().get()).json()).toEqual({ withdrawer: { verification } });
    expect(await (await openForNewcomer().post()).json()).toEqual({ withdrawer: { verification } });
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
  const leaks: [string, Upstream][] = [
    ...[200, 400, 401, 403, 404, 409, 429, 451, 500, 503].map((status): [string, Upstream] => [
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
    Persona: (fetch: (request: Request) => Promise<Response>) =>
      personaShareTokens({
        apiKey: 'SECRET-persona',
        connectionId: 'SECRET-cxn',
        inquiryId: () => 'SECRET-inq',
        fetch,
      }),
    Sumsub: (fetch: (request: Request) => Promise<Response>) =>
      sumsubShareTokens({
        appToken: 'SECRET-app',
        secretKey: 'SECRET-key',
        forClientId: 'SECRET-client',
        applicantId: () => 'SECRET-applicant',
        fetch,
      }),
  };

  async function everythingTold(kit: ReturnType<typeof openKit>, ask: () => Promise<Response>): Promise<string> {
    const response = await ask();
    return inspect(
      [
        kit.errors,
        kit.errors.map((error) => [JSON.stringify(error), error.stack]),
        await response.text(),
        [...response.headers],
      ],
      { depth: 10, showHidden: true },
    );
  }

  it.each(leaks)('when Coinflow answers %s', async (_, answer) => {
    for (const ask of [
      (kit: ReturnType<typeof openKit>) => kit.get(),
      (kit: ReturnType<typeof openKit>) => kit.post(),
      (kit: ReturnType<typeof openKit>) => kit.get('?subject=u1&session=1'),
    ]) {
      for (const kit of [openKit(answer), openForNewcomer(answer)])
        expect(await everythingTold(kit, () => ask(kit))).not.toContain('SECRET');
    }
  });

  it.each(leaks)('when Persona or Sumsub answers %s', async (_, answer) => {
    for (const shareTokens of Object.values(vendors)) {
      const kit = openForNewcomer(undefined, { shareTokens: shareTokens(async (request) => answer(request)) });
      expect(await everythingTold(kit, () => kit.post())).not.toContain('SECRET');
      expect(kit.asked).toEqual([]);
    }
  });

  it.each<[string, () => unknown]>([
    ['Coinflow', () => openKit(undefined, { coinflow: { apiKey: 'SECRET\nkey', env: 'sandbox' } })],
    ['Persona', () => personaShareTokens({ apiKey: 'SECRET\nkey', connectionId: 'c', inquiryId: () => 'i' })],
    [
      'Sumsub',
      () => sumsubShareTokens({ appToken: 'SECRET\nkey', secretKey: 's', forClientId: 'c', applicantId: () => 'a' }),
    ],
  ])('when a key of %s cannot stand in a header: that is said at once, without the key', (_, create) => {
    expect(create).toThrow(/^kyc-reuse-gate: .*invalid characters/);
    expect(create).not.toThrow(/SECRET/);
  });

  it.each<[string, Upstream, (() => never) | undefined, string]>([
    ['Coinflow fails', upstream(500), undefined, 'upstreamFailed'],
    [
      'a function of the merchant’s throws a secret: that is in `cause` alone',
      json(200, { withdrawer }),
      () => {
        throw new Error('SECRET');
      },
      'internal',
    ],
  ])('by the default log line, one a failure, when %s', async (_, coinflow, shareTokens, code) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const handle = createKycReuseHandler({
      coinflow: {
        apiKey: 'SECRET',
        baseUrl: 'https://coinflow.test/api',
        fetch: async (request) => onRegister(coinflow)(request),
      },
      authenticate: () => user,
      shareTokens: shareTokens ?? (() => ({ vendor: 'persona', shareToken: 'SECRET-token', email: user.email })),
    });
    const response = await handle(
      new Request('https://shop.test/?subject=u1', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(log).toHaveBeenCalledOnce();
    expect(inspect(log.mock.calls)).toContain(code);
    expect(inspect([log.mock.calls, await response.clone().text()])).not.toContain('SECRET');
    expect(await codeOf(response)).toBe(code);
  });
});
