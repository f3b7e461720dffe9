import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KycReuseHandlerOptions } from '../../src/server';
import {
  codeOf,
  dropped,
  json,
  mint,
  onRegister,
  openKit as openAnyKit,
  type KitOptions,
  type Upstream,
  user,
  withdrawer,
} from './openKit';

afterEach(() => void vi.useRealTimers());

/** A kit whose users have no record before they register. */
const openKit = (coinflow: Upstream, over?: KitOptions) => openAnyKit(onRegister(coinflow), over);

/** These answers, one after the other, and a record from then on. */
const inTurn =
  (...answers: Upstream[]): Upstream =>
  (request) =>
    (answers.shift() ?? json(200, { withdrawer }))(request);

describe('a registration', () => {
  it('is one a minute: a page that was reloaded meanwhile costs no second token', async () => {
    vi.useFakeTimers();
    const shareTokens = vi.fn(mint);
    const { post } = openKit(json(200, { withdrawer }), { shareTokens });
    expect((await post()).status).toBe(200);
    vi.advanceTimersByTime(59_000);
    expect((await post()).status).toBe(202);
    expect(shareTokens).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    expect((await post()).status).toBe(200);
    expect(shareTokens).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a refusal', 400, 400],
    ['a limit', 429, 429],
    ['a bad key', 401, 500],
  ])('is tried again at once after %s, which stands for nothing', async (_, upstream, status) => {
    const { post } = openKit(inTurn(json(upstream, {})));
    expect([(await post()).status, (await post()).status]).toEqual([status, 200]);
  });

  it.each([
    ['a lost answer', dropped, 'upstreamUnreachable'],
    ['a 500', json(500, {}), 'upstreamFailed'],
  ] as const)(
    'costs no second token for 10 s after %s, of which nobody knows what it was: a page that was reloaded has forgotten it',
    async (_, lost, error) => {
      vi.useFakeTimers();
      const shareTokens = vi.fn(mint);
      const { post } = openKit(inTurn(lost), { shareTokens });
      expect(await codeOf(await post())).toBe(error);
      vi.advanceTimersByTime(9_000);
      const again = await post();
      expect([await codeOf(again), again.headers.get('retry-after')]).toEqual(['registrationUnderWay', '2']);
      expect(shareTokens).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(1_000);
      expect((await post()).status).toBe(200);
      expect(shareTokens).toHaveBeenCalledTimes(2);
    },
  );

  it('meets a limit once: until its Retry-After has passed, no other is tried, and no token is minted for it', async () => {
    vi.useFakeTimers();
    const shareTokens = vi.fn(mint);
    const { post } = openKit(inTurn(json(429, {}, { 'retry-after': '30' })), {
      shareTokens,
      browserTokens: { verify: () => true },
    });
    const told = async (body?: string) => {
      const response = await post(body);
      return [response.status, response.headers.get('retry-after'), (await response.json()) as unknown];
    };
    const limited = { error: expect.objectContaining({ code: 'rateLimited', notSent: true }) as unknown };
    expect(await told()).toEqual([429, '30', limited]);
    vi.advanceTimersByTime(10_500);
    expect(await told()).toEqual([429, '20', limited]);
    expect(await told(JSON.stringify({ vendor: 'persona', shareToken: 'mine' }))).toEqual([429, '20', limited]);
    vi.advanceTimersByTime(19_400);
    expect(await told()).toEqual([429, '1', limited]);
    expect(shareTokens).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    // What was held back was not spent.
    expect((await post(JSON.stringify({ vendor: 'persona', shareToken: 'mine' }))).status).toBe(200);
  });
});

describe('a browser’s token that may be used up, sent again,', () => {
  const inHand = (shareToken: string) => JSON.stringify({ vendor: 'persona', shareToken });
  const refused = [400, 'tokenRefused', undefined];
  const lost = [503, 'upstreamUnreachable', undefined];

  /** A user whose tokens the browser holds. */
  function holding(answers: Upstream[], over: Partial<KycReuseHandlerOptions> = {}) {
    vi.useFakeTimers();
    const sent: string[] = [];
    const kit = openKit(
      async (request) => {
        sent.push(((await request.clone().json()) as { shareToken: string }).shareToken);
        return inTurn(...answers.splice(0, 1))(request);
      },
      { browserTokens: { verify: () => true }, ...over },
    );
    const told = async (body?: string) => {
      const response = await kit.post(body);
      const { error } = (await response.json()) as { error?: { code: string; notSent?: boolean } };
      return [response.status, error?.code, error?.notSent];
    };
    return { ...kit, sent, told };
  }

  it('is refused without asking Coinflow, after a 400', async () => {
    const { told, sent } = holding([json(400, {})]);
    for (let i = 0; i < 4; i++) expect(await told(inHand('a'))).toEqual(refused);
    expect(sent).toEqual(['a']);
    expect((await told(inHand('b')))[0]).toBe(200);
    expect(sent).toEqual(['a', 'b']);
  });

  it('is refused once a lost answer no longer stands for it, and until then it is told so', async () => {
    const { told, sent } = holding([dropped]);
    expect(await told(inHand('a'))).toEqual(lost);
    vi.advanceTimersByTime(9_900);
    expect(await told(inHand('a'))).toEqual(lost);
    vi.advanceTimersByTime(100);
    expect(await told(inHand('a'))).toEqual(refused);
    expect(sent).toEqual(['a']);
  });

  it('is refused a minute after it was taken, and until then it is told so', async () => {
    const { told, sent } = holding([]);
    expect((await told(inHand('a')))[0]).toBe(200);
    vi.advanceTimersByTime(59_900);
    expect((await told(inHand('a')))[0]).toBe(202);
    vi.advanceTimersByTime(100);
    expect(await told(inHand('a'))).toEqual(refused);
    expect(sent).toEqual(['a']);
  });

  it('is not sent in the minute after another one was taken, with which a page was loaded anew', async () => {
    const { told, sent } = holding([json(400, {}), json(200, {})]);
    await told(inHand('a'));
    for (const token of [inHand('b'), inHand('a'), undefined]) expect((await told(token))[0]).toBe(202);
    // Never left, so it is still good.
    expect(await told(inHand('c'))).toEqual([503, 'registrationUnderWay', true]);
    expect(sent).toEqual(['a', 'b']);
    vi.advanceTimersByTime(60_000);
    expect(await told(inHand('a'))).toEqual(refused);
    expect((await told(inHand('c')))[0]).toBe(200);
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('holds back another token while nobody knows how it ended', async () => {
    const { told, sent } = holding([dropped, json(400, {})]);
    expect(await told(inHand('a'))).toEqual(lost);
    vi.advanceTimersByTime(9_900);
    expect(await told(inHand('b'))).toEqual([503, 'registrationUnderWay', true]);
    expect(await told(inHand('a'))).toEqual(lost);
    vi.advanceTimersByTime(100);
    expect(await told(inHand('b'))).toEqual(refused);
    expect(sent).toEqual(['a', 'b']);
  });

  it('is refused at once while a limit holds back what may go', async () => {
    const { told, sent } = holding([json(400, {}), json(429, {}, { 'retry-after': '30' })]);
    await told(inHand('a'));
    expect(await told(inHand('b'))).toEqual([429, 'rateLimited', true]);
    expect(await told(inHand('a'))).toEqual(refused);
    expect(await told(inHand('b'))).toEqual([429, 'rateLimited', true]);
    expect(sent).toEqual(['a', 'b']);
  });

  it('is another user’s own affair, and is forgotten after an hour', async () => {
    let userId = 'u1';
    const { told, sent, send } = holding([json(400, {}), json(400, {})], {
      authenticate: () => ({ userId, email: user.email }),
    });
    await told(inHand('a'));
    userId = 'u2';
    const headers = { 'content-type': 'application/json' };
    await send('POST', { query: '?subject=u2', body: inHand('a'), headers });
    expect(sent).toEqual(['a', 'a']);
    userId = 'u1';
    vi.advanceTimersByTime(3_599_000);
    expect(await told(inHand('a'))).toEqual(refused);
    vi.advanceTimersByTime(1_000);
    expect((await told(inHand('a')))[0]).toBe(200);
  });

  it.each([
    ['a bad key', json(401, {})],
    ['a limit', json(429, {})],
  ])('may go after %s, with which it was not used', async (_, upstream) => {
    const { told, sent } = holding([upstream]);
    expect((await told(inHand('a')))[2]).toBe(true);
    expect((await told(inHand('a')))[0]).toBe(200);
    expect(sent).toEqual(['a', 'a']);
  });
});
