import { describe, expect, it } from 'vitest';
import { createKycReuseHandler, type ShareToken } from '../../src/server';
import { user, withdrawer } from './openKit';

/** A kit that sends users back to a page, and what it asks Coinflow. */
function openShop(redirectLink: string | undefined, token: ShareToken) {
  const asked: Request[] = [];
  const handle = createKycReuseHandler({
    coinflow: {
      apiKey: 'k',
      baseUrl: 'https://coinflow.test/api',
      ...(redirectLink !== undefined && { redirectLink }),
      fetch: (request) => {
        asked.push(request.clone());
        const isRead = request.method === 'GET';
        return Promise.resolve(Response.json({ withdrawer: isRead ? null : withdrawer }));
      },
    },
    authenticate: () => user,
    shareTokens: () => token,
  });
  const url = 'https://shop.test/api/kyc?subject=u1';
  return {
    asked,
    get: () => handle(new Request(url)),
    post: () =>
      handle(new Request(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })),
  };
}

const persona: ShareToken = { vendor: 'persona', shareToken: 't', email: user.email };
const sumsub: ShareToken = { vendor: 'sumsub', shareToken: 't', email: user.email, country: 'US' };
const link = 'https://shop.test/payout?from=kyc&lang=de#form';

/** What Coinflow was told to send the user back to: in the query of a read, or the body of a registration. */
const linkOf = async (request: Request) =>
  new URL(request.url).searchParams.get('redirectLink') ??
  (request.method === 'POST' ? ((await request.json()) as { redirectLink?: string }).redirectLink : undefined);

describe('`coinflow.redirectLink`', () => {
  it('goes with every read, and with a registration from Sumsub', async () => {
    const { get, post, asked } = openShop(link, sumsub);
    await get();
    await post();
    expect(await Promise.all(asked.map(linkOf))).toEqual(asked.map(() => link));
    expect(asked.map(({ method }) => method)).toEqual(expect.arrayContaining(['GET', 'POST']));
  });

  it('doesn’t go with a registration from Persona, whose body has no such field', async () => {
    const { post, asked } = openShop(link, persona);
    await post();
    const registration = asked.find(({ method }) => method === 'POST');
    expect(await registration?.json()).toEqual(persona);
  });

  it('that is left out leaves nothing behind', async () => {
    const { get, asked } = openShop(undefined, persona);
    await get();
    expect(asked[0]?.url).toBe('https://coinflow.test/api/withdraw');
  });

  it.each([
    ['http://shop.test/payout', 'must begin with https://'],
    ['javascript:alert(1)', 'must begin with https://'],
    ['/payout', 'is not a URL'],
    ['https://user:pass@shop.test', 'no user name'],
  ])('is checked when the server starts: %s', (wrong, told) => {
    const open = () => openShop(wrong, persona);
    expect(open).toThrow(TypeError);
    expect(open).toThrow('`coinflow.redirectLink`');
    expect(open).toThrow(told);
  });

  it('may be http on this machine', () => {
    expect(() => openShop('http://localhost:3000/payout', persona)).not.toThrow();
  });
});
