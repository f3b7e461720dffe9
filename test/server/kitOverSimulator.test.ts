import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSimulator } from '../../simulator';
import { createMerchant } from '../merchant';

afterEach(() => vi.useRealTimers());

const body = async (response: Response) => (await response.json()) as Record<string, never>;

describe('the server kit over the simulated providers', () => {
  it('registers a first-time Persona user and shows the record once it is redeemed', async () => {
    const simulator = createSimulator({ personaRedemptionMs: 40 });
    const { newUser, get, post } = createMerchant({ simulator });
    const user = newUser('firstTime');
    expect(await body(await get(user))).toEqual({ withdrawer: null });
    expect((await post(user)).status).toBe(200);
    const early = await get(user);
    expect([early.status, await body(early)]).toEqual([200, { withdrawer: null }]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const late = await get(user);
    expect(late.status).toBe(200);
    expect(await body(late)).toEqual({
      withdrawer: {
        verification: { status: 'approved', attested: false, vendor: 'persona' },
        availability: { status: 'Functional' },
      },
    });
  });

  it('registers a first-time Persona user and shows the record in one trip, where the browser waits', async () => {
    const simulator = createSimulator({ personaRedemptionMs: 300 });
    const { newUser, post, requests } = createMerchant({ simulator });
    const user = newUser('firstTime');
    const response = await post(user, {}, { prefer: 'wait=8' });
    expect([response.status, response.headers.get('preference-applied')]).toEqual([200, 'wait']);
    expect(await body(response)).toEqual({
      withdrawer: {
        verification: { status: 'approved', attested: false, vendor: 'persona' },
        availability: { status: 'Functional' },
      },
      confirmed: true,
    });
    expect(requests(user, 'GET', 'withdraw').at(-1)?.status).toBe(200);
  });

  it('holds ten requests of a user at once by one watcher', async () => {
    const simulator = createSimulator({ personaRedemptionMs: 300 });
    const { newUser, post, requests } = createMerchant({ simulator });
    const user = newUser('firstTime');
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(user, {}, { prefer: 'wait=8' })));
    for (const answer of answers) expect(await body(answer)).toMatchObject({ confirmed: true });
    expect(requests(user, 'GET', 'withdraw').length).toBeLessThanOrEqual(3);
  });

  it('stays within Coinflow’s limits for a record that never comes: the browser’s GET, the hold, and a GET after it', async () => {
    vi.useFakeTimers();
    const { newUser, get, post, requests } = createMerchant();
    const user = newUser('never');
    await get(user);
    const held = post(user, {}, { prefer: 'wait=8' });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await body(await held)).toEqual({ withdrawer: null, confirmed: true });
    expect((await get(user)).status).toBe(200);
    expect(requests(user, 'GET', 'withdraw').map(({ status }) => status)).toEqual(Array(10).fill(401));
  });

  it('registers a first-time Sumsub user with a request that Sumsub accepts as signed', async () => {
    const { newUser, get, post } = createMerchant({ vendor: 'sumsub' });
    const user = newUser('firstTime');
    expect((await post(user)).status).toBe(200);
    expect((await get(user)).status).toBe(200);
  });

  it('never asks a vendor for a token of a returning user', async () => {
    const { newUser, get, simulator } = createMerchant();
    expect((await get(newUser('returning'))).status).toBe(200);
    expect(simulator.log.map((entry) => entry.service)).toEqual(['coinflow']);
  });

  it('says tokenRefused with 400 when Coinflow refuses the applicant', async () => {
    const { newUser, post } = createMerchant();
    const response = await post(newUser('refused'));
    expect(response.status).toBe(400);
    expect(await body(response)).toMatchObject({ error: { code: 'tokenRefused' } });
  });

  it('says noShareableVerification, not sent, when there is nothing to share', async () => {
    const { newUser, post } = createMerchant();
    const response = await post(newUser('nothingToShare'));
    expect(response.status).toBe(409);
    expect(await body(response)).toMatchObject({ error: { code: 'noShareableVerification', notSent: true } });
  });

  it('passes Retry-After on when the fourth registration in a minute meets the limit', async () => {
    const { newUser, post } = createMerchant();
    const user = newUser('refused');
    for (let i = 0; i < 3; i++) await post(user);
    const response = await post(user);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(await body(response)).toMatchObject({ error: { code: 'rateLimited', notSent: true } });
  });

  it('keeps 451 with its link, and with its reasons', async () => {
    const simulator = createSimulator({ personaRedemptionMs: 0 });
    const { newUser, get, post } = createMerchant({ simulator });
    const asked = newUser('needsInput');
    await post(asked);
    const more = await get(asked);
    expect(more.status).toBe(451);
    expect(await body(more)).toMatchObject({ verificationLink: 'https://sandbox.coinflow.cash/verify/one-more-thing' });
    const rejected = await get(newUser('rejected'));
    expect(rejected.status).toBe(451);
    expect(await body(rejected)).toMatchObject({
      rejectionReasons: ['Document is not readable'],
      verification: { status: 'rejected' },
    });
  });

  it('gives a session key of the signed-in user', async () => {
    const { newUser, get } = createMerchant();
    const response = await get(newUser('returning'), '&session=1');
    expect(response.status).toBe(200);
    expect(await body(response)).toEqual({ sessionKey: expect.stringMatching(/^eyJ/) as string });
  });

  it('tells a bad API key from an absent record, and does not pass its 401 on', async () => {
    const onError = vi.fn();
    const { newUser, get } = createMerchant({ coinflow: { apiKey: 'wrong' }, handler: { onError } });
    const response = await get(newUser('firstTime'));
    expect(response.status).toBe(500);
    expect(await body(response)).toMatchObject({ error: { code: 'upstreamAuth' } });
    expect(onError).toHaveBeenCalledOnce();
  });

  it('registers once when ten requests of a user come at the same time', async () => {
    const { newUser, post, requests, simulator } = createMerchant();
    const user = newUser('firstTime');
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(user)));
    // One has the record in Coinflow's answer, the others are told that a registration was taken.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(202)]);
    expect(requests(user, 'POST', 'share-token')).toHaveLength(2);
    expect(simulator.log.filter((entry) => entry.service === 'persona')).toHaveLength(1);
    expect(simulator.log.filter((entry) => entry.readableAt !== undefined)).toHaveLength(1);
  });

  it('reads a record for a server render, tagged with its subject', async () => {
    const { newUser, handle } = createMerchant();
    const userId = newUser('returning');
    expect(await handle.readInitialRecord({ userId })).toMatchObject({
      subject: userId,
      record: { status: 'approved' },
    });
    const firstTime = newUser('firstTime');
    expect(await handle.readInitialRecord({ userId: firstTime })).toEqual({ subject: firstTime, record: null });
  });
});
