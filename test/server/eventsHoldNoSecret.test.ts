import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSimulator, inquiryIdFor, applicantIdFor, type Scenario, userKeyOf } from '../../simulator';
import {
  createKycReuseHandler,
  createKycWebhookHandler,
  createMemoryStore,
  type KitError,
  type KycEvent,
  type KycReuseHandlerOptions,
  type KycStore,
  type KycUser,
  personaShareTokens,
  type ShareTokens,
  signWebhook,
  sumsubShareTokens,
} from '../../src/server';
import { after } from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const email = 'SECRET-email@example.com';
const wallet = '0xSECRET0000000000000000000000000000000000';
const validationKey = 'SECRET-validation-key';
const keys = {
  merchantId: 'acme',
  apiKey: 'SECRET-coinflow-key',
  personaApiKey: 'SECRET-persona-key',
  personaConnectionId: 'SECRET-connection',
  sumsubAppToken: 'SECRET-app-token',
  sumsubSecretKey: 'SECRET-sumsub-key',
  sumsubClientId: 'SECRET-client',
  personaRedemptionMs: 200,
};

/**
 * A shop over the simulated providers, with a webhook receiver on the same store. Every secret holds the word SECRET, or is
 * noted as it passes: tokens, session keys, and the vendors' ids of users.
 */
function openShop() {
  const simulator = createSimulator(keys);
  const events: KycEvent[] = [];
  const errors: KitError[] = [];
  const readOuts: (() => unknown)[] = [];
  const secrets = new Set(['SECRET']);
  const watched = {
    onEvent: (event: KycEvent) => void events.push(event),
    onError: (error: KitError) => void errors.push(error),
  };
  const note = (secret: string) => {
    secrets.add(secret);
    return secret;
  };

  /** Notes what the services give away. */
  const noting = (service: (request: Request) => Promise<Response>) => async (request: Request) => {
    const response = await service(request);
    const told = (await response
      .clone()
      .json()
      .catch(() => ({}))) as { data?: { id?: string }; token?: string; key?: string };
    for (const secret of [told.data?.id, told.token, told.key]) if (secret) note(secret);
    return response;
  };
  const persona = personaShareTokens({
    apiKey: keys.personaApiKey,
    connectionId: keys.personaConnectionId,
    inquiryId: ({ userId = '' }) => (userId.endsWith('nothingToShare') ? null : note(inquiryIdFor(userKeyOf(userId)))),
    fetch: noting(simulator.persona),
  });
  const sumsub = sumsubShareTokens({
    appToken: keys.sumsubAppToken,
    secretKey: keys.sumsubSecretKey,
    forClientId: keys.sumsubClientId,
    applicantId: ({ userId = '' }) => note(applicantIdFor(userKeyOf(userId))),
    fetch: noting(simulator.sumsub),
  });
  const store = createMemoryStore();

  function open(over: Partial<KycReuseHandlerOptions> = {}, apiKey = keys.apiKey) {
    const handle = createKycReuseHandler({
      coinflow: { apiKey, baseUrl: 'https://coinflow.test/api', timeoutMs: 100, fetch: noting(simulator.coinflow) },
      authenticate: ({ headers }): KycUser | null => {
        const userId = headers.get('x-user');
        return userId === null
          ? null
          : userId === wallet
            ? { wallet, blockchain: 'eth' }
            : { userId, email, country: 'US' };
      },
      shareTokens: persona,
      store,
      ...watched,
      ...over,
    });
    readOuts.push(handle.stats);
    const send = async (method: string, userId: string | null, init: RequestInit = {}, query = '') => {
      const response = handle(
        new Request(`https://shop.test/api/kyc?subject=${userId ?? 'x'}${query}`, {
          method,
          ...init,
          headers: {
            cookie: 'session=SECRET-cookie',
            ...(userId !== null && { 'x-user': userId }),
            ...(method === 'POST' && { 'content-type': 'application/json' }),
            ...(init.headers as Record<string, string> | undefined),
          },
        }),
      );
      return settled(response);
    };
    return {
      handle,
      send,
      post: (userId: string, body: unknown = {}, headers = {}) =>
        send('POST', userId, { body: JSON.stringify(body), headers }),
    };
  }

  const receiver = createKycWebhookHandler({ store, validationKey, ...watched });
  readOuts.push(receiver.stats);
  let users = 0;
  return {
    simulator,
    events,
    errors,
    secrets,
    sumsub,
    open,
    receiver,
    newUser(scenario: Scenario): string {
      const userId = `SECRET-user-${++users}-${scenario}`;
      simulator.setScenario(userKeyOf(userId), scenario);
      return userId;
    },
    /** Everything that was told, as a log would have it. `cause` is what the merchant's own function threw. */
    everything: () =>
      JSON.stringify([events, errors.map((error) => [error, error.message]), readOuts.map((read) => read())]),
  };
}

/** Lets time pass until the promise settles. */
async function settled<T>(given: Promise<T>): Promise<T> {
  let isOver = false;
  given.finally(() => (isOver = true)).catch(() => {});
  for (let i = 0; i < 600 && !isOver; i++) await after(50);
  return given;
}

type Shop = ReturnType<typeof openShop>;

const secretError = () => Object.assign(new Error('SECRET'), { code: 'SECRET', user: 'SECRET' });
const failing = () => {
  throw secretError();
};

const paths: [string, (shop: Shop) => Promise<unknown>][] = [
  [
    'users with and without a record, read, held, and as a page is rendered',
    async ({ open, newUser }) => {
      const { send, handle } = open();
      for (const scenario of [
        'firstTime',
        'returning',
        'needsInput',
        'rejected',
        'blocked',
        'unknownStatus',
      ] as const) {
        const user = newUser(scenario);
        await send('GET', user);
        await send('HEAD', user);
        await settled(handle.readInitialRecord({ userId: user, email }));
        await send('GET', user, { headers: { prefer: 'wait=1', 'if-none-match': 'W/"SECRET"' } });
      }
    },
  ],
  [
    'session keys, by id and by wallet',
    async ({ open, newUser }) => {
      const { send } = open();
      await send('GET', newUser('returning'), {}, '&session=1');
      await send('GET', wallet, {}, '&session=1');
      await send('GET', wallet);
    },
  ],
  [
    'registrations at Persona and at Sumsub, held or not, refused, or without anything to share',
    async ({ open, newUser, sumsub }) => {
      for (const shareTokens of [undefined, sumsub] as (ShareTokens | undefined)[]) {
        const { post } = open(shareTokens && { shareTokens });
        for (const scenario of ['firstTime', 'never', 'refused', 'nothingToShare', 'needsInput'] as const) {
          const user = newUser(scenario);
          await post(user);
          await post(user, {}, { prefer: 'wait=1' });
        }
      }
    },
  ],
  [
    'tokens that the browser sends: unasked, refused, verified, sent again',
    async ({ open, newUser }) => {
      const token = { vendor: 'persona', shareToken: 'SECRET-browser-token', email: 'SECRET-other@example.com' };
      const user = newUser('firstTime');
      await open().post(user, token);
      await open({ browserTokens: { verify: () => false } }).post(user, token);
      await open({ browserTokens: { verify: failing } }).post(user, token);
      const { post } = open({ browserTokens: { verify: () => true, acceptContact: true } });
      for (let i = 0; i < 5; i++) await post(user, token);
      await post(user, { vendor: 'SECRET', shareToken: 'SECRET' });
      await post(user, 'SECRET');
    },
  ],
  [
    'requests of strangers, about others, from other sites, by other methods, with hostile headers',
    async ({ open, newUser }) => {
      const { send } = open();
      const user = newUser('returning');
      await send('GET', null);
      await send('GET', user, { headers: { 'x-user': newUser('returning') } });
      await send('POST', user, {
        body: 'SECRET',
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://SECRET.example' },
      });
      await send('PUT', user, { body: 'SECRET' });
      await send('OPTIONS', user, { headers: { origin: 'https://SECRET.example' } });
      await send('POST', user, { body: 'SECRET', headers: { 'content-type': 'SECRET/json' } });
      await send('POST', user, { body: 'SECRET'.repeat(20_000) });
      await send('GET', user, { headers: { 'x-request-id': 'SECRET email@example.com', traceparent: '00-SECRET' } });
    },
  ],
  [
    'a service that fails, is silent, drops, redirects, or tells secrets',
    async ({ open, newUser, simulator }) => {
      const { send, post, handle } = open();
      const secretive = { message: `SECRET ${email}`, details: keys.apiKey, verification: 'SECRET' };
      const headers = { 'x-request-id': 'SECRET', 'retry-after': '1', location: 'https://SECRET.example' };
      for (const service of ['coinflow', 'persona'] as const)
        for (const kind of [
          ...[200, 302, 400, 401, 403, 404, 429, 451, 500].map((status) => ({ status, headers, body: secretive })),
          'drop' as const,
          'hang' as const,
          'html' as const,
          'otherShape' as const,
        ]) {
          simulator.inject({ service, kind });
          const user = newUser('firstTime');
          await send('GET', user);
          await send('GET', user, {}, '&session=1');
          await post(user, {}, { prefer: 'wait=1' });
          await settled(handle.readInitialRecord({ userId: user }));
          simulator.clearFaults();
        }
      await open({}, 'SECRET-wrong-key').send('GET', newUser('returning'));
    },
  ],
  [
    'functions and a store of the merchant’s that throw secrets',
    async ({ open, newUser }) => {
      const down: KycStore = { ...createMemoryStore(), get: failing, set: failing, claim: failing, subscribe: failing };
      const cases: Partial<KycReuseHandlerOptions>[] = [
        { authenticate: failing },
        { authenticate: () => ({ userId: 'SECRET with spaces' }) },
        {
          authenticate: ({ headers }) => ({ userId: headers.get('x-user') ?? '', email: 'SECRET', country: 'SECRET' }),
        },
        { shareTokens: failing },
        { shareTokens: () => 'SECRET' as never },
        { waitUntil: failing },
        { store: down },
      ];
      for (const over of cases) {
        const { send, post } = open(over);
        await send('GET', newUser('firstTime'));
        await post(newUser('firstTime'));
      }
      await open().handle.readInitialRecord({ userId: 'SECRET with spaces' });
    },
  ],
  [
    'webhooks that are delivered, repeated, foreign, forged, stale, malformed, or fail',
    async ({ receiver }) => {
      const written = (data: object = {}, over: object = {}) =>
        JSON.stringify({
          eventType: 'KYC Success',
          category: 'KYC',
          created: new Date().toISOString(),
          data: { wallet: 'acmeʬSECRET-user', blockchain: 'user', email, ...data },
          ...over,
        });
      const send = async (body: string, signedBy = validationKey, at = new Date()) =>
        receiver(
          new Request('https://shop.test/SECRET', {
            method: 'POST',
            body,
            headers: await signWebhook(body, signedBy, at),
          }),
        );
      for (const body of [
        written(),
        written(),
        written({ wallet, blockchain: 'eth' }),
        written({ wallet: 'acmeʬSECRET user' }),
      ])
        await send(body);
      await send(written({}, { eventType: 'SECRET' }));
      await send(written({}, { category: 'SECRET' }));
      await send('SECRET');
      await send(written(), 'SECRET-guess');
      await send(written(), validationKey, new Date(0));
      await receiver(new Request('https://shop.test/SECRET', { method: 'PUT', body: 'SECRET' }));
    },
  ],
];

it('no event, error or read-out holds a token, key, session key, e-mail address, wallet or id of a user', async () => {
  const shop = openShop();
  for (const [path, drive] of paths) {
    await drive(shop);
    await after(10_000);
    const told = shop.everything();
    for (const secret of shop.secrets) expect(told, `of ${path}`).not.toContain(secret);
  }
  // Everything that the kit emits was emitted, and what must not be told did pass: else this would prove nothing.
  const kinds = shop.events.map((event) => ('operation' in event ? `${event.type} ${event.operation}` : event.type));
  expect([...new Set(kinds)].sort()).toEqual([
    'error',
    'registration',
    'request initialRecord',
    'request other',
    'request preflight',
    'request read',
    'request register',
    'request sessionKey',
    'upstream mint',
    'upstream read',
    'upstream register',
    'upstream reread',
    'upstream sessionKey',
    'webhook',
  ]);
  const passed = [...shop.secrets].join(' ');
  for (const secret of ['cnst_', 'eyJ', 'inq_']) expect(passed).toContain(secret);
  expect(shop.errors.length).toBeGreaterThan(20);
}, 60_000);
