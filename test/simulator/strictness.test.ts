import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { applicantIdFor, createSimulator, inquiryIdFor, type Simulator, userKeyOf } from '../../simulator';

let time: number;
let simulator: Simulator;
beforeEach(() => {
  time = 1_800_000_000_000;
  simulator = createSimulator({ now: () => time });
});

const asUser = (user: string) => ({ authorization: simulator.config.apiKey, 'x-coinflow-auth-user-id': user });
const read = (user = 'u', headers: Record<string, string> = asUser(user)) =>
  simulator.coinflow(new Request('http://coinflow.test/api/withdraw', { headers }));
const register = (body: unknown, user = 'u') =>
  simulator.coinflow(
    new Request('http://coinflow.test/api/withdraw/kyc/share-token', {
      method: 'POST',
      headers: { ...asUser(user), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

async function personaToken(user = 'u', authorization = `Bearer ${simulator.config.personaApiKey}`): Promise<string> {
  const response = await simulator.persona(
    new Request('http://persona.test/api/v1/connect/share-tokens', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        data: {
          attributes: {
            'connection-id': simulator.config.personaConnectionId,
            'source-id': inquiryIdFor(userKeyOf(user)),
          },
        },
      }),
    }),
  );
  if (!response.ok) return `refused ${response.status}`;
  return ((await response.json()) as { data: { id: string } }).data.id;
}

async function sumsubToken({
  ts = Math.floor(time / 1000),
  secret = simulator.config.sumsubSecretKey,
  ttlInSecs = 600,
} = {}): Promise<string> {
  const path = '/resources/accessTokens/shareToken';
  const body = JSON.stringify({
    applicantId: applicantIdFor(userKeyOf('u')),
    forClientId: simulator.config.sumsubClientId,
    ttlInSecs,
  });
  const response = await simulator.sumsub(
    new Request(`http://sumsub.test${path}`, {
      method: 'POST',
      headers: {
        'x-app-token': simulator.config.sumsubAppToken,
        'x-app-access-ts': String(ts),
        'x-app-access-sig': createHmac('sha256', secret).update(`${ts}POST${path}${body}`).digest('hex'),
      },
      body,
    }),
  );
  if (!response.ok) return `refused ${response.status}`;
  return ((await response.json()) as { token: string }).token;
}

const persona = async () => ({ vendor: 'persona', shareToken: await personaToken(), email: 'a@example.com' });

describe('the simulated Coinflow', () => {
  it('takes the API key raw, and answers a wrong one with a 401 that says nothing of a withdrawer', async () => {
    for (const authorization of ['', 'wrong', `Bearer ${simulator.config.apiKey}`]) {
      const response = await read('u', { ...asUser('u'), authorization });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toMatch(/withdrawer/i);
    }
  });

  it('says "no record yet" as a 401 with a text', async () => {
    const response = await read();
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'No withdrawer associated with wallet u' });
  });

  it('limits reads of a missing record to 10 in 10 s, and then says when to come back', async () => {
    for (let i = 0; i < 10; i++) expect((await read()).status).toBe(401);
    const limited = await read();
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('10');
    time += 10_000;
    expect((await read()).status).toBe(401);
  });

  it('limits registrations to 3 a minute', async () => {
    for (let i = 0; i < 3; i++) expect((await register({})).status).toBe(400);
    expect((await register(await persona())).status).toBe(429);
    time += 60_000;
    expect((await register(await persona())).status).toBe(200);
  });

  it('redeems a Persona token only after 2 s, and a Sumsub token at once', async () => {
    expect((await register(await persona())).status).toBe(200);
    time += 1_999;
    expect((await read()).status).toBe(401);
    time += 1;
    expect((await read()).status).toBe(200);
    simulator.setScenario(userKeyOf('u'), 'firstTime');
    await register({ vendor: 'sumsub', shareToken: await sumsubToken(), email: 'a@example.com', country: 'US' });
    expect((await read()).status).toBe(200);
  });

  it('takes a token once', async () => {
    const body = await persona();
    expect((await register(body)).status).toBe(200);
    expect((await register(body)).status).toBe(400);
  });

  it('takes no token that has expired, of another vendor, or made up', async () => {
    const shareToken = await sumsubToken({ ttlInSecs: 60 });
    expect((await register({ vendor: 'persona', shareToken, email: 'a@example.com' })).status).toBe(400);
    time += 60_000;
    expect((await register({ vendor: 'sumsub', shareToken, email: 'a@example.com', country: 'US' })).status).toBe(400);
    expect((await register({ vendor: 'persona', shareToken: 'cnst_made_up', email: 'a@example.com' })).status).toBe(
      400,
    );
  });

  it.each([
    ['a country with Persona', async () => ({ ...(await persona()), country: 'US' })],
    ['no e-mail address', async () => ({ vendor: 'persona', shareToken: await personaToken() })],
    [
      'no country with Sumsub',
      async () => ({ vendor: 'sumsub', shareToken: await sumsubToken(), email: 'a@example.com' }),
    ],
    [
      'a country that is no code',
      async () => ({ vendor: 'sumsub', shareToken: await sumsubToken(), email: 'a@example.com', country: 'USA' }),
    ],
    ['an unknown vendor', async () => ({ ...(await persona()), vendor: 'passport' })],
  ])('refuses %s, and leaves the token unused', async (_, bodyOf) => {
    const body = await bodyOf();
    expect((await register(body)).status).toBe(400);
    expect(
      (await register({ vendor: 'persona', shareToken: await personaToken(), email: 'a@example.com' })).status,
    ).toBe(200);
  });

  it('opens its page for the user of the session key, and asks to verify again where no record was readable', async () => {
    const { key } = (await (
      await simulator.coinflow(new Request('http://coinflow.test/api/auth/session-key', { headers: asUser('u') }))
    ).json()) as { key: string };
    const open = async () =>
      (await simulator.page(new Request(`http://page.test/solana/withdraw/acme?sessionKey=${key}`))).text();
    expect(await open()).toContain('data-withdraw-state="verify-again"');
    await register(await persona());
    expect(await open()).toContain('data-withdraw-state="verify-again"');
    time += 2_000;
    expect(await open()).toContain('data-withdraw-user="u" data-withdraw-state="form"');
    expect(simulator.log.filter(({ service }) => service === 'page').map(({ recordExisted }) => recordExisted)).toEqual(
      [false, false, true],
    );
  });

  it('opens its page for nobody by an expired session key, nor for an unknown merchant', async () => {
    const { key } = (await (
      await simulator.coinflow(new Request('http://coinflow.test/api/auth/session-key', { headers: asUser('u') }))
    ).json()) as { key: string };
    expect((await simulator.page(new Request(`http://page.test/solana/withdraw/other?sessionKey=${key}`))).status).toBe(
      404,
    );
    time += 86_400_000;
    expect(
      await (await simulator.page(new Request(`http://page.test/solana/withdraw/acme?sessionKey=${key}`))).text(),
    ).toContain('data-withdraw-user="nobody" data-withdraw-state="verify-again"');
  });

  it('writes no key, token or query into its log', async () => {
    const body = await persona();
    await register(body);
    await simulator.page(new Request('http://page.test/solana/withdraw/acme?sessionKey=eyJsecret'));
    const log = JSON.stringify(simulator.log);
    for (const secret of [simulator.config.apiKey, simulator.config.personaApiKey, body.shareToken, 'eyJsecret'])
      expect(log).not.toContain(secret);
  });
});

describe('the simulated vendors', () => {
  it('Persona wants its key as a Bearer', async () => {
    expect(await personaToken('u', simulator.config.personaApiKey)).toBe('refused 401');
    expect(await personaToken()).toMatch(/^cnst_/);
  });

  it('Sumsub wants a right signature and a right clock', async () => {
    expect(await sumsubToken({ secret: 'wrong' })).toBe('refused 401');
    expect(await sumsubToken({ ts: Math.floor(time / 1000) - 3_600 })).toBe('refused 401');
    expect(await sumsubToken()).toMatch(/^_act-share-/);
  });

  it('have nothing to share of a user who was never verified', async () => {
    simulator.setScenario(userKeyOf('u'), 'nothingToShare');
    expect(await personaToken()).toBe('refused 404');
    expect(await sumsubToken()).toBe('refused 404');
  });
});
