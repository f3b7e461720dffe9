import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  closeServer,
  createSimulator,
  type Scenario,
  sendWebhooks,
  serveOn,
  type WebhookOptions,
} from '../../simulator';
import { createMerchant } from '../merchant';

interface Got {
  readonly headers: Headers;
  readonly text: string;
  readonly at: number;
}

const validationKey = 'simulated_validation_key';

/** A shop whose webhook route answers with these statuses, the last one for ever. `undefined`: never. */
async function openShop(statuses: readonly (number | undefined)[] = [200], options: Partial<WebhookOptions> = {}) {
  const got: Got[] = [];
  const server = await serveOn(
    async (request) => {
      got.push({ headers: request.headers, text: await request.text(), at: Date.now() });
      const status = statuses[Math.min(got.length, statuses.length) - 1];
      if (status === undefined) return new Promise<never>(() => {});
      return new Response(status === 204 ? null : 'ok', { status, headers: { location: '/elsewhere' } });
    },
    0,
    'the shop',
  );
  onTestFinished(() => closeServer(server));
  const simulator = createSimulator({ merchantId: 'acme', personaRedemptionMs: 0 });
  const { port } = server.address() as AddressInfo;
  const webhooks = sendWebhooks(simulator, {
    url: `http://127.0.0.1:${port}/hooks`,
    validationKey,
    retryEveryMs: 1,
    ...options,
  });
  onTestFinished(() => webhooks.stop());
  const merchant = createMerchant({ simulator });
  const told = () =>
    got.map(({ text }) => JSON.parse(text) as { eventType: string; created: string; data: Record<string, string> });
  return {
    got,
    told,
    webhooks,
    simulator,
    /** Registers a new user. */
    async register(scenario: Scenario = 'firstTime') {
      const user = merchant.newUser(scenario);
      await merchant.post(user);
      return user;
    },
    /** Registers a user at Coinflow itself: a kit that finds a record registers nothing. */
    async registerDirectly(scenario: Scenario) {
      const user = merchant.newUser(scenario);
      await simulator.coinflow(
        new Request('http://coinflow.test/api/withdraw/kyc/share-token', {
          method: 'POST',
          headers: {
            authorization: simulator.config.apiKey,
            'x-coinflow-auth-user-id': user,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ ...(await merchant.mint(user)), email: 'avery@example.com' }),
        }),
      );
    },
    ends: (count: number) => vi.waitFor(() => expect(webhooks.sent).toHaveLength(count), 10_000),
  };
}

it('a registration is told as created, and as a success once the record is readable', async () => {
  const { register, told, ends, webhooks } = await openShop();
  const user = await register();
  await ends(2);
  expect(told().map(({ eventType }) => eventType)).toEqual(['KYC Created', 'KYC Success']);
  expect(told()[0]).toEqual({
    eventType: 'KYC Created',
    category: 'KYC',
    created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    data: { wallet: `acmeʬ${user}`, blockchain: 'user', email: 'avery@example.com' },
  });
  expect(webhooks.sent).toEqual([
    { userKey: `user:${user}`, eventType: 'KYC Created', status: 200 },
    { userKey: `user:${user}`, eventType: 'KYC Success', status: 200 },
  ]);
});

it.each<[Scenario, string[]]>([
  ['rejected', ['KYC Created', 'KYC Failure']],
  ['attested', ['KYC Created']],
  ['never', ['KYC Created']],
  ['refused', []],
])('a registration of a user who is %s tells %j', async (scenario, events) => {
  const { registerDirectly, told, ends } = await openShop();
  await registerDirectly(scenario);
  await ends(events.length);
  expect(told().map(({ eventType }) => eventType)).toEqual(events);
});

it('a user who gives what was asked for is told as a success', async () => {
  const { register, told, ends, simulator } = await openShop();
  const user = await register('needsInput');
  await ends(1);
  simulator.giveInput(`user:${user}`);
  await ends(2);
  expect(told().at(-1)).toMatchObject({ eventType: 'KYC Success', data: { wallet: `acmeʬ${user}` } });
});

it('a signature covers the time and the raw bytes', async () => {
  const { register, got, ends } = await openShop();
  await register('never');
  await ends(1);
  const [{ headers, text }] = got as [Got];
  const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(headers.get('coinflow-signature') ?? '') ?? [];
  expect(v1).toBe(createHmac('sha256', validationKey).update(`${t}.${text}`).digest('hex'));
  expect(headers.has('authorization')).toBe(false);
});

it('the other way to authenticate sends the key itself', async () => {
  const { register, got, ends } = await openShop([200], { auth: 'key' });
  await register('never');
  await ends(1);
  const [{ headers }] = got as [Got];
  expect([headers.get('authorization'), headers.has('coinflow-signature')]).toEqual([validationKey, false]);
});

it('it is sent again, unchanged, until it is answered 200: no other success, redirect or silence will do', async () => {
  const { register, got, ends, webhooks } = await openShop([204, 302, 401, 503, undefined, 200], { answerMs: 100 });
  await register('never');
  await ends(6);
  expect(webhooks.sent.map(({ status }) => status)).toEqual([204, 302, 401, 503, 0, 200]);
  expect(new Set(got.map(({ text }) => text)).size).toBe(1);
});

it('a retry can carry the first one’s signature', async () => {
  const { register, got, ends } = await openShop([503, 503, 200], { signsRetriesAnew: false, retryEveryMs: 600 });
  await register('never');
  await ends(3);
  expect(new Set(got.map(({ headers }) => headers.get('coinflow-signature'))).size).toBe(1);
});

it('it can come several times at once, and again later', async () => {
  const { register, got, ends, webhooks } = await openShop([200], { copies: 3 });
  await register('never');
  await ends(3);
  expect(await webhooks.repeatLast()).toBe(200);
  expect(new Set(got.map(({ text }) => text)).size).toBe(1);
  expect(got).toHaveLength(4);
});

it('nothing is sent once it has been stopped', async () => {
  const { register, got, ends, webhooks } = await openShop([503], { retryEveryMs: 60_000 });
  await register('never');
  await ends(1);
  webhooks.stop();
  await register('never');
  expect(await webhooks.repeatLast()).toBe(0);
  expect(got).toHaveLength(1);
});
