import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKycReuseHandler, type KycReuseHandlerOptions } from '../../src/server';
import { codeOf, json, openForNewcomer, openKit, silence, type Upstream, user, withdrawer } from './openKit';

afterEach(() => void vi.useRealTimers());

const never = vi.fn<Upstream>();

describe('who is answered', () => {
  it.each([
    ['a read', 'GET', '?subject=u1'],
    ['a registration', 'POST', '?subject=u1'],
    ['a session key', 'GET', '?subject=u1&session=1'],
    ['a read about nobody', 'GET', ''],
  ])('nobody who is not signed in: %s gets 401, and nothing is asked', async (_, method, query) => {
    for (const nobody of [null, undefined]) {
      const { send, asked, errors } = openKit(never, { authenticate: () => nobody });
      const response = await send(method, {
        query,
        ...(method === 'POST' && { body: '{}', headers: { 'content-type': 'application/json' } }),
      });
      expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated']);
      expect([asked, errors]).toEqual([[], []]);
    }
  });

  it('nobody about somebody else, and nobody who does not say whom', async () => {
    const { get, asked } = openKit(never);
    expect(await codeOf(await get('?subject=u2'))).toBe('subjectMismatch');
    expect(await codeOf(await get(''))).toBe('badRequest');
    expect(asked).toEqual([]);
  });

  it('nobody when `authenticate` throws, and what it threw is told to `onError` only', async () => {
    const cause = new Error('the session store is down');
    const { get, errors } = openKit(never, {
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
      expect(await codeOf(await openKit(json(500, {}), { onError }).get())).toBe('upstreamFailed');
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
    const { post, errors, asked } = openKit(never, over);
    const answer = post(JSON.stringify({ vendor: 'persona', shareToken: 'mine' }));
    await vi.advanceTimersByTimeAsync(15_000);
    const response = await answer;
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'internal', notSent: true } });
    expect(errors.map(({ message }) => message)).toEqual([`\`${name}\` did not finish within 15 s.`]);
    expect(asked).toEqual([]);
  });

  it('nobody who has left: no failure is reported for that', async () => {
    const abort = new AbortController();
    const { get, errors } = openKit(silence);
    const answer = get('?subject=u1', { signal: abort.signal });
    abort.abort();
    await answer;
    expect(errors).toEqual([]);
  });

  it('a session key goes to its user only, and only when asked for', async () => {
    const { get } = openKit((request) =>
      request.url.endsWith('/auth/session-key')
        ? Response.json({ key: 'SECRET-session-key' })
        : Response.json({ withdrawer }),
    );
    expect(await (await get('?subject=u1&session=1')).json()).toEqual({ sessionKey: 'SECRET-session-key' });
    expect(await (await get()).text()).not.toContain('SECRET-session-key');
    expect(await codeOf(await get('?subject=u2&session=1'))).toBe('subjectMismatch');
  });
});

describe('a share token that the browser sends', () => {
  it('is refused, unless `browserTokens` says so and verifies it', async () => {
    const token = { vendor: 'persona', shareToken: 'mine', email: 'other@example.com' };
    const bodies: unknown[] = [];
    const coinflow: Upstream = async (request) => {
      bodies.push(await request.json());
      return Response.json({ withdrawer });
    };
    expect(await codeOf(await openForNewcomer(coinflow).post(JSON.stringify(token)))).toBe('badRequest');
    const verify = vi.fn().mockReturnValueOnce(false).mockReturnValue(true);
    const { post } = openForNewcomer(coinflow, { browserTokens: { verify } });
    expect(await codeOf(await post(JSON.stringify(token)))).toBe('forbidden');
    expect((await post(JSON.stringify(token))).status).toBe(200);
    // The e-mail address is the merchant's word, not the browser's.
    expect(bodies).toEqual([{ vendor: 'persona', shareToken: 'mine', email: user.email }]);
  });
});

describe('what `shareTokens` gives', () => {
  it.each([
    ['a bare text', 'cnst_1'],
    ['no e-mail address', { vendor: 'persona', shareToken: 't' }],
    ['no country with Sumsub', { vendor: 'sumsub', shareToken: 't', email: 'a@example.com' }],
  ])('is an internal error, not sent, when it is %s', async (_, token) => {
    const { post, asked } = openForNewcomer(never, { shareTokens: () => token as never });
    expect(await (await post()).json()).toMatchObject({ error: { code: 'internal', notSent: true } });
    expect(asked).toEqual([]);
  });

  it('is tokenUnavailable, not sent, when it never settles, and the next try is a new one', async () => {
    vi.useFakeTimers();
    const shareTokens = vi
      .fn<() => Promise<null>>()
      .mockReturnValueOnce(new Promise(() => {}))
      .mockResolvedValue(null);
    const { post } = openForNewcomer(never, { shareTokens });
    const first = post();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await (await first).json()).toMatchObject({ error: { code: 'tokenUnavailable', notSent: true } });
    expect(await codeOf(await post())).toBe('noShareableVerification');
  });
});

describe('reading for a server render', () => {
  it('gives the record, tagged with its subject', async () => {
    const { handle } = openKit(json(200, { withdrawer }));
    expect(await handle.readInitialRecord({ userId: 'u7' })).toEqual({
      subject: 'u7',
      record: { status: 'approved', attested: false, vendor: 'persona', moreNeeded: false, links: [], reasons: [] },
    });
    expect(await handle.readInitialRecord({ wallet: 'w7', blockchain: 'solana' })).toMatchObject({ subject: 'w7' });
  });

  it('gives `null` for a record that is not there, so that the gate registers at once', async () => {
    const { handle } = openKit(json(404, {}));
    expect(await handle.readInitialRecord({ userId: 'u7' })).toEqual({ subject: 'u7', record: null });
  });

  it('gives no key without a value, which frameworks refuse to hand to a page', async () => {
    const { handle } = openKit(json(200, { withdrawer: { verification: { status: 'approved' } } }));
    const initial = await handle.readInitialRecord({ userId: 'u7' });
    expect(Object.keys(initial?.record ?? {})).toEqual(['status', 'attested', 'moreNeeded', 'links', 'reasons']);
    const hollow = openKit(
      json(451, {
        verification: { status: 'pending', attested: null, vendor: null },
        withdrawer: { availability: { status: null }, watchlistExempt: null },
        verificationLink: null,
        additionalVerificationLinks: [{ name: null, link: 'https://coinflow.cash/x', vendor: null }],
        rejectionReasons: null,
      }),
    );
    const page = await hollow.handle.readInitialRecord({ userId: 'u7' });
    // What arrives in the page is what left the server: no key is lost on the way.
    expect(page).not.toBeNull();
    expect(page).toStrictEqual(JSON.parse(JSON.stringify(page)));
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
    ['a hold that is not a number', { holdMs: Number.NaN }, '`holdMs`'],
    ['a hold without end', { holdMs: Infinity }, '`holdMs`'],
    ['a hold before it began', { holdMs: -1 }, '`holdMs`'],
    ['a hold that is a text', { holdMs: '8s' }, '`holdMs`'],
  ])('it says so at once: %s', (_, wrong, told) => {
    const create = () => createKycReuseHandler({ ...good, ...wrong } as unknown as KycReuseHandlerOptions);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(told);
  });
});
