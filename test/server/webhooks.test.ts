import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createKycWebhookHandler,
  createMemoryStore,
  type KitError,
  type KycStore,
  type KycWebhookHandlerOptions,
  signWebhook,
} from '../../src/server';
import { topicOf } from '../../src/server/topics';
import { userKeyOf } from '../../src/server/users';

const now = new Date('2026-01-02T03:04:05Z');
const hour = 3_600_000;
const key = 'SECRET-validation-key';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => void vi.useRealTimers());

/** A KYC webhook as Coinflow writes it. */
const written = (over: object = {}, data: object = {}) =>
  JSON.stringify({
    eventType: 'KYC Success',
    category: 'KYC',
    created: new Date().toISOString(),
    data: { wallet: 'acmeʬSECRET-user', blockchain: 'user', email: 'SECRET-email@example.com', ...data },
    ...over,
  });

/** A receiver, with everything that it publishes, reports and answers. */
async function openReceiver(options: Partial<KycWebhookHandlerOptions> = {}) {
  const errors: KitError[] = [];
  const topics: string[] = [];
  const store = options.store ?? createMemoryStore();
  await store.subscribe((topic) => topics.push(topic));
  const handle = createKycWebhookHandler({
    validationKey: key,
    onError: (error) => errors.push(error),
    ...options,
    store,
  });
  const send = (body: BodyInit | null, headers: Record<string, string>, init: RequestInit = {}) =>
    handle(new Request('https://shop.test/coinflow', { method: 'POST', body, headers, ...init }));
  return {
    topics,
    errors,
    stats: handle.stats,
    send,
    /** Sends it as Coinflow does. */
    sendSigned: async (body: string, signedBy = key, at = new Date()) =>
      send(body, await signWebhook(body, signedBy, at)),
    codes: () => errors.map(({ code }) => code),
  };
}

const zero = {
  delivered: 0,
  duplicate: 0,
  ignored: 0,
  forged: 0,
  stale: 0,
  malformed: 0,
  oversized: 0,
  incomplete: 0,
  wrongMethod: 0,
  failed: 0,
};
const topicOfUser = () => topicOf(userKeyOf({ userId: 'SECRET-user' }));

/** Runs the fake clock until the promise settles. @returns its value, and how long it took, in fake ms */
async function settled<T>(given: Promise<T>): Promise<readonly [T, number]> {
  const beganAt = performance.now();
  let over: readonly [T, number] | undefined;
  let failure: { readonly error: unknown } | undefined;
  given.then(
    (value) => (over = [value, performance.now() - beganAt]),
    (error: unknown) => (failure = { error }),
  );
  while (!over && !failure && performance.now() < beganAt + 60_000) {
    await cryptoIsIdle();
    if (!over && !failure) await vi.advanceTimersByTimeAsync(50);
  }
  if (failure) throw failure.error;
  if (!over) throw new Error('It took more than a minute.');
  return over;
}

/** WebCrypto works outside of the fake clock. The receiver asks it fewer times in a row than this. */
async function cryptoIsIdle(): Promise<void> {
  for (let turn = 0; turn < 16; turn++) await crypto.subtle.digest('SHA-256', new Uint8Array(1));
}

const never = () => new Promise<never>(() => {});

describe('an authentic KYC webhook', () => {
  it.each([
    ['signed', async (body: string) => ({ ...(await signWebhook(body, key)) })],
    ['sent with the key', () => ({ authorization: key })],
  ])('that is %s wakes the user’s topic, and its event goes to `onWebhook`', async (_, headersFor) => {
    const onWebhook = vi.fn();
    const { send, topics, stats, errors } = await openReceiver({ onWebhook });
    const body = written();
    const response = await send(body, await headersFor(body));
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
      200,
      '',
      'no-store',
    ]);
    expect(topics).toEqual([topicOfUser()]);
    expect(onWebhook.mock.calls).toEqual([
      [{ eventType: 'KYC Success', created: now.toISOString(), user: { userId: 'SECRET-user' } }],
    ]);
    expect(stats()).toEqual({ ...zero, delivered: 1 });
    expect(errors).toEqual([]);
  });

  it('wakes the user of a wallet, however an EVM address is written', async () => {
    const { sendSigned, topics } = await openReceiver();
    const wallet = '0xAbCdEf0123456789aBcDeF0123456789abcdef01';
    await sendSigned(written({}, { wallet, blockchain: 'base' }));
    await sendSigned(written({}, { wallet: 'So1anaAddre55', blockchain: 'solana' }));
    expect(topics).toEqual([
      topicOf(userKeyOf({ wallet: wallet.toLowerCase(), blockchain: 'base' })),
      topicOf(userKeyOf({ wallet: 'So1anaAddre55', blockchain: 'solana' })),
    ]);
  });

  it.each(['KYC Created', 'KYC Failure', 'KYC Something New'])('wakes for %s too', async (eventType) => {
    const { sendSigned, topics } = await openReceiver();
    expect((await sendSigned(written({ eventType }))).status).toBe(200);
    expect(topics).toHaveLength(1);
  });

  it('wakes nobody where the user is none that the kit could serve, and is no failure', async () => {
    const onWebhook = vi.fn();
    const { sendSigned, topics, stats } = await openReceiver({ onWebhook });
    expect((await sendSigned(written({}, { wallet: 'acmeʬa user' }))).status).toBe(200);
    expect([topics, onWebhook.mock.calls.length, stats().delivered]).toEqual([[], 1, 1]);
  });

  it('fits any of several keys, while they are rotated', async () => {
    const { sendSigned, send, stats } = await openReceiver({ validationKey: ['SECRET-old', 'SECRET-new'] });
    expect((await sendSigned(written({ n: 1 }), 'SECRET-old')).status).toBe(200);
    expect((await sendSigned(written({ n: 2 }), 'SECRET-new')).status).toBe(200);
    expect((await send(written({ n: 3 }), { authorization: 'SECRET-old' })).status).toBe(200);
    expect((await sendSigned(written({ n: 4 }))).status).toBe(401);
    expect(stats()).toEqual({ ...zero, delivered: 3, forged: 1 });
  });

  it('about something else than KYC is answered 200, and does nothing', async () => {
    const onWebhook = vi.fn();
    const { sendSigned, topics, stats } = await openReceiver({ onWebhook });
    expect((await sendSigned(written({ category: 'Withdraw', data: {} }))).status).toBe(200);
    expect([topics, onWebhook.mock.calls.length]).toEqual([[], 0]);
    expect(stats()).toEqual({ ...zero, ignored: 1 });
  });
});

describe('a webhook is refused', () => {
  type Send = (receiver: Awaited<ReturnType<typeof openReceiver>>) => Promise<Response>;
  const large = `{"x":"${'x'.repeat(64 * 1024)}"}`;
  const refused: [string, number, keyof typeof zero, string | undefined, Send][] = [
    ['that is signed by another key', 401, 'forged', 'webhookForged', (r) => r.sendSigned(written(), 'SECRET-guess')],
    ['without credentials', 401, 'forged', 'webhookForged', (r) => r.send(written(), {})],
    ['with an empty Authorization', 401, 'forged', 'webhookForged', (r) => r.send(written(), { authorization: '' })],
    [
      'with "Bearer" before the key',
      401,
      'forged',
      'webhookForged',
      (r) => r.send(written(), { authorization: `Bearer ${key}` }),
    ],
    [
      'whose body was changed',
      401,
      'forged',
      'webhookForged',
      async (r) => r.send(written({ eventType: 'KYC Failure' }), await signWebhook(written(), key)),
    ],
    [
      'whose body was written anew by a parser',
      401,
      'forged',
      'webhookForged',
      async (r) => r.send(written(), await signWebhook(JSON.stringify(JSON.parse(written()), null, 1), key)),
    ],
    [
      'signed too long ago',
      400,
      'stale',
      'webhookStale',
      (r) => r.sendSigned(written(), key, new Date(now.getTime() - 301_000)),
    ],
    [
      'signed in the future',
      400,
      'stale',
      'webhookStale',
      (r) => r.sendSigned(written(), key, new Date(now.getTime() + 301_000)),
    ],
    [
      'made longer ago than Coinflow retries',
      400,
      'stale',
      'webhookStale',
      (r) =>
        r.send(written({ created: new Date(now.getTime() - 36.5 * hour - 1).toISOString() }), { authorization: key }),
    ],
    [
      'made in the future',
      400,
      'stale',
      'webhookStale',
      (r) => r.sendSigned(written({ created: new Date(now.getTime() + hour).toISOString() })),
    ],
    ['that is no JSON', 400, 'malformed', 'webhookMalformed', (r) => r.sendSigned('<!doctype html>')],
    ['that is empty', 400, 'malformed', 'webhookMalformed', (r) => r.sendSigned('')],
    ['that is JSON null', 400, 'malformed', 'webhookMalformed', (r) => r.sendSigned('null')],
    [
      'whose category is no text',
      400,
      'malformed',
      'webhookMalformed',
      (r) => r.sendSigned(written({ category: ['KYC'] })),
    ],
    ['without an event type', 400, 'malformed', 'webhookMalformed', (r) => r.sendSigned(written({ eventType: 7 }))],
    [
      'whose time is none',
      400,
      'malformed',
      'webhookMalformed',
      (r) => r.sendSigned(written({ created: 'yesterday' })),
    ],
    ['without a user', 400, 'malformed', 'webhookMalformed', (r) => r.sendSigned(written({ data: null }))],
    [
      'whose user has no id',
      400,
      'malformed',
      'webhookMalformed',
      (r) => r.sendSigned(written({}, { wallet: 'acmeʬ' })),
    ],
    [
      'whose user has no separator',
      400,
      'malformed',
      'webhookMalformed',
      (r) => r.sendSigned(written({}, { wallet: 'acme' })),
    ],
    ['that is over 64 kB, signed or not', 413, 'oversized', 'bodyTooLarge', (r) => r.sendSigned(large)],
    [
      'whose body never ends',
      408,
      'incomplete',
      'bodyIncomplete',
      (r) => r.send(new ReadableStream({ pull: never }), {}, { duplex: 'half' } as RequestInit),
    ],
    [
      'whose body breaks off',
      408,
      'incomplete',
      'bodyIncomplete',
      (r) =>
        r.send(new ReadableStream({ pull: (c) => c.error(new Error('SECRET')) }), {}, {
          duplex: 'half',
        } as RequestInit),
    ],
    ['that is a GET', 405, 'wrongMethod', 'methodNotAllowed', (r) => r.send(null, {}, { method: 'GET' })],
  ];

  it.each(refused)('%s: %i, counted as %s', async (_, status, outcome, code, sendTo) => {
    const onWebhook = vi.fn();
    const receiver = await openReceiver({ onWebhook });
    const [response, ms] = await settled(sendTo(receiver));
    expect([response.status, await response.text()]).toEqual([status, '']);
    expect(ms).toBeLessThanOrEqual(3_000);
    expect(receiver.stats()).toEqual({ ...zero, [outcome]: 1 });
    expect(receiver.codes()).toEqual([code]);
    expect([receiver.topics, onWebhook.mock.calls]).toEqual([[], []]);
  });

  it('a refused one says POST is allowed where the method was wrong', async () => {
    const { send } = await openReceiver();
    expect((await send(null, {}, { method: 'PUT' })).headers.get('allow')).toBe('POST');
  });

  it('by other limits where `toleranceSeconds` is set', async () => {
    const { sendSigned } = await openReceiver({ toleranceSeconds: 36 * 3_600 });
    const yesterday = new Date(now.getTime() - 24 * hour);
    expect((await sendSigned(written({ created: yesterday.toISOString() }), key, yesterday)).status).toBe(200);
  });

  it('a flood of forged ones is counted, and reported once a minute', async () => {
    const { send, stats, codes } = await openReceiver();
    for (let sent = 0; sent < 20; sent++) await send(written(), {});
    expect([stats().forged, codes()]).toEqual([20, ['webhookForged']]);
    vi.advanceTimersByTime(60_000);
    await send(written(), {});
    expect(codes()).toEqual(['webhookForged', 'webhookForged']);
  });
});

describe('a body that something read before the handler', () => {
  it.each([
    [
      'is read',
      async () => {
        const request = new Request('https://shop.test', { method: 'POST', body: written() });
        await request.text();
        return request;
      },
    ],
    [
      'is announced, and missing',
      () => new Request('https://shop.test', { method: 'POST', headers: { 'content-length': '9' } }),
    ],
  ])('%s: the report names the cause, and Coinflow tries again', async (_, make) => {
    const errors: KitError[] = [];
    const handle = createKycWebhookHandler({
      validationKey: key,
      store: createMemoryStore(),
      onError: (error) => errors.push(error),
    });
    expect((await handle(await make())).status).toBe(500);
    expect(errors).toMatchObject([
      { code: 'bodyConsumed', message: expect.stringContaining('express.json()') as string },
    ]);
    expect(handle.stats().failed).toBe(1);
  });
});

describe('a webhook that comes again', () => {
  it('is answered 200 and does nothing, by either way to authenticate, for 37 hours', async () => {
    const onWebhook = vi.fn();
    const { sendSigned, send, topics, stats } = await openReceiver({ onWebhook });
    const body = written({ created: new Date(now.getTime() + 0.5 * hour).toISOString() });
    await sendSigned(body);
    expect((await sendSigned(body)).status).toBe(200);
    await vi.advanceTimersByTimeAsync(37 * hour - 1);
    expect((await send(body, { authorization: key })).status).toBe(200);
    expect([topics.length, onWebhook.mock.calls.length]).toEqual([1, 1]);
    expect(stats()).toEqual({ ...zero, delivered: 1, duplicate: 2 });
    // Forgotten, and just too old to be taken for a new one.
    await vi.advanceTimersByTimeAsync(2);
    expect((await send(body, { authorization: key })).status).toBe(400);
    expect(topics).toHaveLength(1);
  });

  it('to another instance at the same time waits for the first, and is a copy', async () => {
    const store = createMemoryStore();
    const onWebhook = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 1_000)));
    const [one, two] = [await openReceiver({ store, onWebhook }), await openReceiver({ store, onWebhook })];
    const body = written();
    const [answers] = await settled(Promise.all([one.sendSigned(body), two.sendSigned(body)]));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(onWebhook).toHaveBeenCalledOnce();
    expect(one.topics).toHaveLength(1);
    const [a, b] = [one.stats(), two.stats()];
    expect([a.delivered + b.delivered, a.duplicate + b.duplicate]).toEqual([1, 1]);
  });

  it('while the first fails is delivered in its place', async () => {
    const store = createMemoryStore();
    let calls = 0;
    const onWebhook = () =>
      new Promise<void>((resolve, reject) => {
        const isFirst = ++calls === 1;
        setTimeout(() => (isFirst ? reject(new Error('SECRET')) : resolve()), 500);
      });
    const [one, two] = [await openReceiver({ store, onWebhook }), await openReceiver({ store, onWebhook })];
    const body = written();
    const [answers] = await settled(Promise.all([one.sendSigned(body), two.sendSigned(body)]));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
    expect(calls).toBe(2);
  });

  it('after its first instance died in the middle of it is delivered', async () => {
    const store = createMemoryStore();
    const dying = await openReceiver({ store: { ...store, publish: never, release: never } });
    const body = written();
    const [{ status }] = await settled(dying.sendSigned(body));
    expect(status).toBe(503);
    const heir = await openReceiver({ store });
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await heir.sendSigned(body)).status).toBe(200);
    expect(heir.topics).toHaveLength(1);
  });

  it('while a dead instance’s lease stands is answered 500 in time, so that Coinflow tries again', async () => {
    const store = createMemoryStore();
    const dying = await openReceiver({ store: { ...store, publish: never, release: never } });
    const body = written();
    await settled(dying.sendSigned(body));
    const heir = await openReceiver({ store });
    const [{ status }, ms] = await settled(heir.sendSigned(body));
    expect([status, heir.codes()]).toEqual([500, ['internal']]);
    expect(ms).toBeLessThanOrEqual(3_000);
  });
});

describe('a store', () => {
  const faults: [string, () => Promise<never>][] = [
    ['hangs', never],
    ['rejects', () => Promise.reject(new Error('redis://SECRET@host'))],
    [
      'throws',
      () => {
        throw new Error('SECRET');
      },
    ],
  ];
  const operations = ['claim', 'publish'] as const;
  const each = operations.flatMap((operation) => faults.map(([fault, fail]) => [operation, fault, fail] as const));

  it.each(each)('whose `%s` %s: answered 503 within 3 s, reported, and the retry wakes', async (operation, _, fail) => {
    const memory = createMemoryStore();
    let isBroken = true;
    const store: KycStore = {
      ...memory,
      claim: (...given) => (isBroken && operation === 'claim' ? fail() : memory.claim(...given)),
      publish: (...given) => (isBroken && operation === 'publish' ? fail() : memory.publish(...given)),
    };
    const onWebhook = vi.fn();
    const { sendSigned, topics, codes, stats } = await openReceiver({ store, onWebhook });
    const body = written();
    const [response, ms] = await settled(sendSigned(body));
    expect([response.status, await response.text()]).toEqual([503, '']);
    expect(ms).toBeLessThanOrEqual(3_000);
    expect([codes(), stats().failed, onWebhook.mock.calls.length]).toEqual([['storeUnavailable'], 1, 0]);
    isBroken = false;
    expect((await sendSigned(body)).status).toBe(200);
    expect([topics, onWebhook.mock.calls.length]).toEqual([[topicOfUser()], 1]);
  });

  it('that hangs in everything at a duplicate still gets an answer within 3 s', async () => {
    const memory = createMemoryStore();
    const { sendSigned } = await openReceiver({
      store: { ...memory, claim: () => Promise.resolve(false), get: never },
    });
    const [{ status }, ms] = await settled(sendSigned(written()));
    expect(status).toBe(503);
    expect(ms).toBeLessThanOrEqual(3_000);
  });

  it('that fails to remember a delivery doesn’t undo it', async () => {
    const memory = createMemoryStore();
    const { sendSigned, topics, stats } = await openReceiver({ store: { ...memory, set: never } });
    const [{ status }, ms] = await settled(sendSigned(written()));
    expect([status, topics.length, stats().delivered]).toEqual([200, 1, 1]);
    expect(ms).toBeLessThanOrEqual(3_000);
  });

  it('learns no user, no address and no key', async () => {
    const memory = createMemoryStore();
    const seen: unknown[] = [];
    const spy = Object.fromEntries(
      Object.entries(memory).map(([name, method]) => [
        name,
        (...given: unknown[]) => {
          seen.push(given);
          return (method as (...given: unknown[]) => unknown)(...given);
        },
      ]),
    ) as unknown as KycStore;
    const { sendSigned } = await openReceiver({ store: spy });
    await sendSigned(written());
    await sendSigned(written());
    expect(seen.length).toBeGreaterThan(4);
    expect(JSON.stringify(seen)).not.toMatch(/SECRET|acme/);
  });
});

describe('`onWebhook`', () => {
  it('that throws has Coinflow send it again, and is reported', async () => {
    const cause = new Error('database away');
    const onWebhook = vi.fn().mockRejectedValueOnce(cause);
    const { sendSigned, errors, stats } = await openReceiver({ onWebhook });
    const body = written();
    expect((await sendSigned(body)).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'internal', cause }]);
    expect((await sendSigned(body)).status).toBe(200);
    expect(onWebhook).toHaveBeenCalledTimes(2);
    expect(stats()).toEqual({ ...zero, delivered: 1, failed: 1 });
  });

  it('that hangs is not waited for: answered 200 within 3 s, reported, and not called again', async () => {
    const onWebhook = vi.fn(never);
    const { sendSigned, topics, errors } = await openReceiver({ onWebhook });
    const body = written();
    const [{ status }, ms] = await settled(sendSigned(body));
    expect([status, topics.length]).toEqual([200, 1]);
    expect(ms).toBeLessThanOrEqual(3_000);
    expect(errors).toMatchObject([{ code: 'internal', message: expect.stringContaining('took too long') as string }]);
    expect((await sendSigned(body)).status).toBe(200);
    expect(onWebhook).toHaveBeenCalledOnce();
  });

  it('that fails after the answer is reported all the same', async () => {
    const cause = new Error('late');
    const onWebhook = () => new Promise<void>((_, reject) => setTimeout(() => reject(cause), 5_000));
    const { sendSigned, errors } = await openReceiver({ onWebhook });
    const [{ status }] = await settled(sendSigned(written()));
    expect(status).toBe(200);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(errors).toMatchObject([{ code: 'internal' }, { code: 'internal', cause }]);
  });

  it('sees its user woken first, so that slow work delays no page', async () => {
    const { sendSigned, topics } = await openReceiver({ onWebhook: () => expect(topics).toHaveLength(1) });
    expect((await sendSigned(written())).status).toBe(200);
  });
});

describe('`onError`', () => {
  it('that throws or rejects changes no answer', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const onError of [
      () => {
        throw new Error('SECRET');
      },
      () => Promise.reject(new Error('SECRET')) as unknown as undefined,
    ]) {
      const { send } = await openReceiver({ onError });
      expect((await send(written(), {})).status).toBe(401);
    }
    await cryptoIsIdle();
    expect(log).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(log.mock.calls)).not.toContain('SECRET');
  });

  it('never gets a key, a user, an address or a body', async () => {
    const receiver = await openReceiver();
    const wrong = createHmac('sha256', 'SECRET').update('').digest('hex');
    const requests: [string, Record<string, string>][] = [
      [written(), { authorization: 'SECRET-guess' }],
      [written(), { 'coinflow-signature': `t=SECRET,v1=${wrong}` }],
      [written({ created: 'SECRET' }), { authorization: key }],
      [written({ created: '2020-01-01T00:00:00Z' }), { authorization: key }],
    ];
    for (const [body, headers] of requests) {
      const response = await receiver.send(body, headers);
      const told = JSON.stringify([...response.headers]) + (await response.text());
      expect(told).not.toMatch(/SECRET|acme/);
    }
    expect(receiver.errors.length).toBeGreaterThan(2);
    for (const error of receiver.errors)
      expect(JSON.stringify([Object.entries(error), error.message, error.stack])).not.toMatch(/SECRET|acme/);
  });
});

describe('setting it up', () => {
  const store = createMemoryStore();
  it.each([
    ['no key', { validationKey: undefined }, '`validationKey` is missing or empty'],
    ['an empty key', { validationKey: '' }, '`validationKey` is missing or empty'],
    ['no keys', { validationKey: [] }, '`validationKey` is missing or empty'],
    ['an empty key among others', { validationKey: [key, ''] }, '`validationKey` is missing or empty'],
    ['an unset key among others', { validationKey: [key, undefined] }, '`validationKey` is missing or empty'],
    ['a key with a line break', { validationKey: `${key}\n` }, '`validationKey` begins or ends'],
    ['no store', { store: undefined }, '`store` is missing'],
    ['no tolerance', { toleranceSeconds: 0 }, '`toleranceSeconds`'],
    ['a tolerance that is no number', { toleranceSeconds: NaN }, '`toleranceSeconds`'],
  ])('with %s throws, and names the option, never the key', (_, over, message) => {
    const create = () =>
      createKycWebhookHandler({ validationKey: key, store, ...over } as unknown as KycWebhookHandlerOptions);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/SECRET/);
  });
});
