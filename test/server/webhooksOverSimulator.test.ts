import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  closeServer,
  createSimulator,
  listen,
  sendWebhooks,
  type Service,
  serveOn,
  type WebhookOptions,
} from '../../simulator';
import {
  createKycWebhookHandler,
  createMemoryStore,
  type KycStore,
  type KycWebhookEvent,
  type KycWebhookHandlerOptions,
} from '../../src/server';
import { topicOf } from '../../src/server/topics';
import { userKeyOf } from '../../src/server/users';
import { serveKit } from './serveKit';

const validationKey = 'simulated_validation_key';

/** The simulated Coinflow, the kit, and receivers behind one address that share a store: all over real HTTP. */
async function openShop({
  receivers = 1,
  now = () => Date.now(),
  failedWakeUps = 0,
  isShared = false,
  handler = {},
  webhooks: over = {},
}: {
  receivers?: number;
  now?: () => number;
  /** So many wake-ups fail. @default 0 */
  failedWakeUps?: number;
  /** The kit has the receivers' store, and goes by its webhooks. @default false */
  isShared?: boolean;
  handler?: Partial<KycWebhookHandlerOptions>;
  webhooks?: Partial<WebhookOptions>;
} = {}) {
  const memory = createMemoryStore();
  const written: unknown[] = [];
  const store: KycStore = {
    ...memory,
    set: (...given) => (written.push(given), memory.set(...given)),
    claim: (...given) => (written.push(given), memory.claim(...given)),
    increment: (...given) => (written.push(given), memory.increment(...given)),
    publish: (topic) => {
      written.push(topic);
      return failedWakeUps-- > 0 ? Promise.reject(new Error('gone')) : memory.publish(topic);
    },
  };
  const woken: string[] = [];
  await memory.subscribe((topic) => woken.push(topic));
  const events: KycWebhookEvent[] = [];
  const handlers = Array.from({ length: receivers }, () =>
    createKycWebhookHandler({
      validationKey,
      store,
      onWebhook: (event) => void events.push(event),
      onError: () => {},
      ...handler,
    }),
  );
  let turn = 0;
  const roundRobin: Service = (request) => {
    const handle = handlers[turn++ % receivers];
    if (!handle) throw new Error('There is no receiver.');
    return handle(request);
  };
  const server = await serveOn(roundRobin, 0, 'the receivers');
  onTestFinished(() => closeServer(server));
  const simulator = createSimulator({ merchantId: 'acme', personaRedemptionMs: 300, now });
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  onTestFinished(() => services.close());
  const { port } = server.address() as AddressInfo;
  const webhooks = sendWebhooks(simulator, {
    url: `http://127.0.0.1:${port}/webhooks/coinflow`,
    validationKey,
    retryEveryMs: 20,
    ...over,
  });
  onTestFinished(() => webhooks.stop());
  const kit = await serveKit(services.urls, isShared ? { store, webhooks: true, holdMs: 5_000 } : {});
  return {
    kit,
    written,
    simulator,
    webhooks,
    woken,
    events: () => events.map(({ eventType }) => eventType),
    stats: () => handlers.map(({ stats }) => stats()),
    statuses: () => webhooks.sent.map(({ status }) => status),
    ends: (count: number) => vi.waitFor(() => expect(webhooks.sent.length).toBeGreaterThanOrEqual(count), 10_000),
  };
}

const topicOfUser = (userId: string) => topicOf(userKeyOf({ userId }));

it.each(['signature', 'key'] as const)(
  'a registration’s webhooks, authenticated by %s, are heard on the topic of its user',
  async (auth) => {
    const { kit, woken, events, ends, statuses } = await openShop({ webhooks: { auth } });
    await kit.post('u1');
    await ends(2);
    expect(statuses()).toEqual([200, 200]);
    expect(events()).toEqual(['KYC Created', 'KYC Success']);
    const topic = topicOfUser('u1');
    expect(woken).toEqual([topic, topic]);
  },
);

it('a webhook ends a held POST and a held GET, for which nobody would have read Coinflow in time', async () => {
  const { kit, written, simulator } = await openShop({ isShared: true });
  const { headers } = await kit.get('SECRET-u1');
  const known = { prefer: 'wait=5', 'if-none-match': headers.get('etag') ?? '' };
  const get = kit.get('SECRET-u1', { headers: known });
  const post = await kit.post('SECRET-u1', { headers: { prefer: 'wait=5' } });
  const record = { withdrawer: { verification: expect.objectContaining({ status: 'approved' }) as unknown } };
  expect(await post.json()).toMatchObject({ ...record, confirmed: true });
  const held = await get;
  expect(held.headers.get('preference-applied')).toBe('wait');
  expect(await held.json()).toMatchObject(record);
  const reads = simulator.log.filter(({ method, path }) => method === 'GET' && path.endsWith('/withdraw'));
  // The gate's own, and one per webhook.
  expect(reads.length).toBeLessThanOrEqual(3);
  // What instances share names nobody and holds no token.
  expect(written.length).toBeGreaterThan(4);
  expect(JSON.stringify(written)).not.toMatch(/SECRET|example\.com|cnst_/);
});

it('two receivers that share a store deliver a webhook that comes twice at once as one event and one wake-up', async () => {
  const { simulator, kit, woken, events, ends, statuses, stats, webhooks } = await openShop({
    receivers: 2,
    webhooks: { copies: 2 },
  });
  simulator.setScenario('user:u1', 'never');
  await kit.post('u1');
  await ends(2);
  expect(statuses()).toEqual([200, 200]);
  expect(events()).toEqual(['KYC Created']);
  const [one, two] = stats();
  expect([one, two].map((each) => (each?.delivered ?? 0) + (each?.duplicate ?? 0))).toEqual([1, 1]);
  // And whichever receiver gets it later.
  expect([await webhooks.repeatLast(), await webhooks.repeatLast()]).toEqual([200, 200]);
  expect([woken, events()]).toEqual([[topicOfUser('u1')], ['KYC Created']]);
});

it('a webhook whose wake-up failed is sent again, and wakes', async () => {
  const { simulator, kit, woken, statuses, events, ends } = await openShop({ failedWakeUps: 2 });
  simulator.setScenario('user:u1', 'never');
  await kit.post('u1');
  await ends(3);
  expect(statuses()).toEqual([503, 503, 200]);
  expect(woken).toContain(topicOfUser('u1'));
  expect(events()).toEqual(['KYC Created']);
});

it('retries that keep an old signature are refused as stale, and taken by a longer tolerance', async () => {
  // Coinflow’s clock, ten minutes behind: as if it had tried for that long.
  const now = () => Date.now() - 600_000;
  const strict = await openShop({ now, webhooks: { retryEveryMs: 60_000 } });
  strict.simulator.setScenario('user:u1', 'never');
  await strict.kit.post('u1');
  await strict.ends(1);
  expect([strict.statuses(), strict.stats()[0]?.stale]).toEqual([[400], 1]);
  const patient = await openShop({ now, handler: { toleranceSeconds: 36 * 3_600 } });
  patient.simulator.setScenario('user:u1', 'never');
  await patient.kit.post('u1');
  await patient.ends(1);
  expect(patient.statuses()).toEqual([200]);
});

it('webhooks by another key are refused, and wake nobody', async () => {
  const { simulator, kit, events, ends, statuses, stats } = await openShop({
    webhooks: { validationKey: 'guess', retryEveryMs: 60_000 },
  });
  simulator.setScenario('user:u1', 'never');
  await kit.post('u1');
  await ends(1);
  expect([statuses(), events(), stats()[0]?.forged]).toEqual([[401], [], 1]);
});
