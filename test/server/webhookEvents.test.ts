import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createKycWebhookHandler,
  createMemoryStore,
  hashKycUser,
  type KycEvent,
  type KycWebhookHandlerOptions,
  signWebhook,
} from '../../src/server';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') }));
afterEach(() => void vi.useRealTimers());

const key = 'SECRET-validation-key';
const hash = hashKycUser({ userId: 'SECRET-user' });

/** A receiver, and the events that it emits. */
function openReceiver(over: Partial<KycWebhookHandlerOptions> = {}) {
  const events: KycEvent[] = [];
  const handle = createKycWebhookHandler({
    validationKey: key,
    store: createMemoryStore(),
    onError: () => {},
    onEvent: (event) => void events.push(event),
    ...over,
  });
  const of = (type: KycEvent['type']) => events.filter((event) => event.type === type);
  return {
    events,
    of,
    stats: handle.stats,
    async send(eventType = 'KYC Success', { signedBy = key, id = 'w1', category = 'KYC' } = {}) {
      const body = JSON.stringify({
        eventType,
        category,
        created: new Date().toISOString(),
        data: { wallet: 'acmeʬSECRET-user', blockchain: 'user', email: 'SECRET@example.com' },
      });
      const headers = { 'x-request-id': id, ...(await signWebhook(body, signedBy)) };
      return handle(new Request('https://shop.test/coinflow', { method: 'POST', body, headers }));
    },
  };
}

describe('a webhook', () => {
  it('is an event that says whose it is, what Coinflow told, and how it ended', async () => {
    const { send, events } = openReceiver();
    await send();
    await send();
    await send('KYC Success', { category: 'Withdraw' });
    const common = {
      type: 'webhook',
      at: '2026-01-02T03:04:05.000Z',
      requestId: 'w1',
      durationMs: 0,
      status: 200,
      count: 1,
    };
    expect(events).toEqual([
      { ...common, outcome: 'delivered', user: hash, eventType: 'KYC Success' },
      { ...common, outcome: 'duplicate', user: hash, eventType: 'KYC Success' },
      { ...common, outcome: 'ignored' },
    ]);
  });

  it('has the hash that the handler’s events have, of a user known by wallet too', () => {
    const wallet = '0xAbCdEf0123456789aBcDeF0123456789abcdef01';
    expect(hashKycUser({ wallet, blockchain: 'base' })).toBe(
      hashKycUser({ wallet: wallet.toLowerCase(), blockchain: 'base', email: 'a@example.com' }),
    );
    expect(hash).toMatch(/^[\da-f]{64}$/);
  });

  it.each([
    ['KYC Created', 'KYC Created'],
    ['KYC Failure', 'KYC Failure'],
    ['KYC SECRET', 'other'],
  ])('of the type %s is told as %s: what Coinflow does not document may say anything', async (eventType, told) => {
    const { send, of } = openReceiver();
    await send(eventType);
    expect(of('webhook')).toMatchObject([{ eventType: told }]);
  });

  it('that fails is an event of its own and an error, and says why', async () => {
    const cause = Object.assign(new Error('SECRET'), { code: 'redisUnavailable' });
    const { send, events } = openReceiver({
      store: { ...createMemoryStore(), publish: () => Promise.reject(cause) },
    });
    expect((await send()).status).toBe(503);
    expect(events).toMatchObject([
      { type: 'error', code: 'storeUnavailable', requestId: 'w1', user: hash, causeCode: 'redisUnavailable' },
      { type: 'webhook', outcome: 'storeUnavailable', status: 503, user: hash, causeCode: 'redisUnavailable' },
    ]);
  });

  it('that is forged tells of nobody, and a flood of them is one event in 10 s with its count', async () => {
    const { send, of, stats } = openReceiver();
    for (let i = 0; i < 50; i++) await send('KYC Success', { signedBy: 'SECRET-guess', id: `w${i}` });
    const first = { outcome: 'webhookForged', status: 401, requestId: 'w0', count: 1 };
    expect(of('webhook')).toMatchObject([first]);
    expect(of('webhook')[0]).not.toHaveProperty('user');
    expect(of('error')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(of('webhook')).toMatchObject([first, { ...first, requestId: 'w49', count: 49 }]);
    expect(stats().forged).toBe(50);
  });

  it('is delivered although `onEvent` throws', async () => {
    const { send, stats } = openReceiver({ onEvent: vi.fn().mockThrow(new Error('the log is full')) });
    expect((await send()).status).toBe(200);
    expect(stats().delivered).toBe(1);
  });
});
