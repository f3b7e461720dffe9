import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../demo/backend/config';
import { createBackend } from '../../demo/backend/createBackend';
import { createTrace } from '../../demo/backend/createTrace';
import { realProviders } from '../../demo/backend/realProviders';
import type { SignedIn, Timeline } from '../../demo/contract/DemoApi';

const common = {
  COINFLOW_ENV: 'sandbox',
  COINFLOW_API_KEY: 'coinflow-secret',
  COINFLOW_MERCHANT_ID: 'acme',
  DEMO_USER_ID: 'user-7',
  DEMO_USER_EMAIL: 'avery@example.com',
};
const persona = {
  ...common,
  VENDOR: 'persona',
  PERSONA_API_KEY: 'persona-secret',
  PERSONA_CONNECTION_ID: 'cxn_1',
  PERSONA_INQUIRY_ID: 'inq_1',
};
const sumsub = {
  ...common,
  VENDOR: 'sumsub',
  SUMSUB_APP_TOKEN: 'sbx:app-token',
  SUMSUB_SECRET_KEY: 'sumsub-secret',
  SUMSUB_CLIENT_ID: 'coinflow-client',
  SUMSUB_APPLICANT_ID: 'applicant-1',
  DEMO_USER_COUNTRY: 'DE',
};

/** What left for the world, in order. */
interface Sent {
  readonly line: string;
  readonly headers: Headers;
  readonly body: string;
}
let sent: Sent[] = [];

/** The demo's backend with a real configuration, and no network: every request ends here, with the answer the provider would give. */
async function start(env: Record<string, string>) {
  sent = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { method, url, headers } = request;
    sent.push({ line: `${method} ${url}`, headers, body: await request.text() });
    if (url.endsWith('/connect/share-tokens'))
      return Response.json({ data: { type: 'connect/share-token', id: 'cnst_1' } }, { status: 201 });
    if (url.endsWith('/accessTokens/shareToken'))
      return Response.json({ token: 'sumsub-share-token', forClientId: 'coinflow-client' });
    if (url.endsWith('/session-key')) return Response.json({ key: 'session-key-1' });
    if (method === 'POST')
      return Response.json({ withdrawer: { verification: { status: 'approved', vendor: 'persona' } } });
    return Response.json({ message: 'No withdrawer associated with user' }, { status: 401 });
  });
  const config = readConfig(env);
  if (config.mode !== 'real') throw new Error('The configuration is not a real one.');
  const trace = createTrace();
  const backend = createBackend(realProviders(config, trace), trace);
  const cut = () => {
    throw new Error('Nothing is cut on a normal network.');
  };
  const signIn = await backend(
    new Request('http://localhost:5173/api/demo/session', {
      method: 'POST',
      body: JSON.stringify({ scenario: 'firstTime', vendor: 'persona', network: 'normal' }),
    }),
    cut,
  );
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { userId } = (await signIn.json()) as SignedIn;
  return {
    userId,
    ask: (path: string, body?: string) =>
      backend(
        new Request(`http://localhost:5173${path}`, {
          headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
          ...(body && { method: 'POST', body }),
        }),
        cut,
      ),
  };
}

function onlyRequest(): Sent {
  const [first, ...others] = sent;
  if (!first || others.length > 0) throw new Error(`Expected one request, not ${sent.length}.`);
  sent = [];
  return first;
}

afterEach(() => vi.unstubAllGlobals());

describe('with COINFLOW_ENV=sandbox and keys, the demo', () => {
  it("asks Coinflow's sandbox for the record, with the API key as it is and the user's id", async () => {
    const { ask, userId } = await start(persona);
    expect(userId).toBe('user-7');
    expect(await (await ask('/api/kyc?subject=user-7')).json()).toEqual({ withdrawer: null });
    const { line, headers } = onlyRequest();
    expect(line).toBe('GET https://api-sandbox.coinflow.cash/api/withdraw');
    expect(headers.get('authorization')).toBe('coinflow-secret');
    expect(headers.get('x-coinflow-auth-user-id')).toBe('user-7');
  });

  it('asks for a session key of that user', async () => {
    const { ask } = await start(persona);
    expect(await (await ask('/api/kyc?subject=user-7&session=1')).json()).toEqual({ sessionKey: 'session-key-1' });
    const { line, headers } = onlyRequest();
    expect(line).toBe('GET https://api-sandbox.coinflow.cash/api/auth/session-key');
    expect(headers.get('authorization')).toBe('coinflow-secret');
    expect(headers.get('x-coinflow-auth-user-id')).toBe('user-7');
  });

  it('mints a Persona share token for the inquiry, and registers it without a country', async () => {
    const { ask } = await start(persona);
    expect((await ask('/api/kyc?subject=user-7', '{}')).status).toBe(200);
    expect(sent.map(({ line }) => line)).toEqual([
      'GET https://api-sandbox.coinflow.cash/api/withdraw',
      'POST https://api.withpersona.com/api/v1/connect/share-tokens',
      'POST https://api-sandbox.coinflow.cash/api/withdraw/kyc/share-token',
    ]);
    const [, mint, registration] = sent as [Sent, Sent, Sent];
    expect(mint.headers.get('authorization')).toBe('Bearer persona-secret');
    expect(JSON.parse(mint.body)).toEqual({ data: { attributes: { 'connection-id': 'cxn_1', 'source-id': 'inq_1' } } });
    expect(registration.headers.get('authorization')).toBe('coinflow-secret');
    expect(registration.headers.get('x-coinflow-auth-user-id')).toBe('user-7');
    expect(registration.headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(registration.body)).toEqual({
      vendor: 'persona',
      shareToken: 'cnst_1',
      email: 'avery@example.com',
    });
  });

  it('mints a signed Sumsub share token for the applicant, and registers it with the country', async () => {
    const { ask } = await start(sumsub);
    expect((await ask('/api/kyc?subject=user-7', '{}')).status).toBe(200);
    expect(sent.map(({ line }) => line)).toEqual([
      'GET https://api-sandbox.coinflow.cash/api/withdraw',
      'POST https://api.sumsub.com/resources/accessTokens/shareToken',
      'POST https://api-sandbox.coinflow.cash/api/withdraw/kyc/share-token',
    ]);
    const [, mint, registration] = sent as [Sent, Sent, Sent];
    const at = mint.headers.get('x-app-access-ts') ?? '';
    expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(60);
    expect(mint.headers.get('x-app-token')).toBe('sbx:app-token');
    expect(mint.headers.get('x-app-access-sig')).toBe(
      createHmac('sha256', 'sumsub-secret')
        .update(`${at}POST/resources/accessTokens/shareToken${mint.body}`)
        .digest('hex'),
    );
    expect(JSON.parse(mint.body)).toMatchObject({ applicantId: 'applicant-1', forClientId: 'coinflow-client' });
    expect(JSON.parse(registration.body)).toEqual({
      vendor: 'sumsub',
      shareToken: 'sumsub-share-token',
      email: 'avery@example.com',
      country: 'DE',
    });
  });

  it('shows in its timeline who asked whom, and no key, token or session key', async () => {
    const { ask } = await start(sumsub);
    await ask('/api/kyc?subject=user-7');
    await ask('/api/kyc?subject=user-7', '{}');
    await ask('/api/kyc?subject=user-7&session=1');
    const text = await (await ask('/api/demo/timeline?user=user-7&since=0')).text();
    const { entries } = JSON.parse(text) as Timeline;
    expect(entries.map(({ from, to, method }) => `${from} → ${to} ${method}`).sort()).toEqual([
      'backend → coinflow GET',
      'backend → coinflow GET',
      'backend → coinflow POST',
      'backend → sumsub POST',
      'browser → backend GET',
      'browser → backend GET',
      'browser → backend POST',
    ]);
    for (const secret of ['coinflow-secret', 'sumsub-secret', 'sbx:app-token', 'sumsub-share-token', 'session-key-1'])
      expect(text).not.toContain(secret);
  });

  it.each([
    ['staging', 'https://api-staging.coinflow.cash/api/withdraw'],
    ['staging-live', 'https://api-staging-live.coinflow.cash/api/withdraw'],
  ])('talks to %s where that is asked for', async (env, url) => {
    const { ask } = await start({ ...persona, COINFLOW_ENV: env });
    await ask('/api/kyc?subject=user-7');
    expect(onlyRequest().line).toBe(`GET ${url}`);
  });
});
