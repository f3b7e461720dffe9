import { describe, expect, it, vi } from 'vitest';
import { codeOf, openForNewcomer, user } from '../openKit';

/** What reaches Coinflow of a token that the browser sends, and what it is answered otherwise. */
async function sentOn(
  body: unknown,
  signedIn: object = { userId: 'u1', email: user.email, country: 'US' },
  acceptContact?: boolean,
) {
  const { post, asked } = openForNewcomer(undefined, {
    browserTokens: { verify: () => true, ...(acceptContact !== undefined && { acceptContact }) },
    authenticate: () => signedIn as { userId: string },
  });
  const response = await post(JSON.stringify(body));
  return response.status === 200 ? ((await asked[0]?.json()) as unknown) : await codeOf(response);
}

describe('a token that the browser sends', () => {
  it('goes with the e-mail address and the country of `authenticate`, whatever the browser says', async () => {
    const sent = { vendor: 'sumsub', shareToken: 'mine', email: 'other@example.com', country: 'DE' };
    expect(await sentOn(sent)).toEqual({ ...sent, email: user.email, country: 'US' });
  });

  it('goes with the browser’s own only if `acceptContact` says so, and where `authenticate` gives none', async () => {
    const sent = { vendor: 'sumsub_docv', shareToken: 'mine', email: 'own@example.com', country: 'DE' };
    expect(await sentOn(sent, { userId: 'u1' }, true)).toEqual(sent);
    // A database's `null` is none.
    expect(await sentOn(sent, { userId: 'u1', email: null, country: '' }, true)).toEqual(sent);
    expect(await sentOn(sent, undefined, true)).toEqual({ ...sent, email: user.email, country: 'US' });
  });

  it.each([
    ['email', { userId: 'u1', country: 'US' }],
    ['country', { userId: 'u1', email: user.email }],
  ])(
    'is a set-up error that names `%s` where `authenticate` leaves it out, and is not sent',
    async (name, signedIn) => {
      for (const acceptContact of [undefined, false]) {
        const verify = vi.fn(() => true);
        const { post, asked, errors } = openForNewcomer(undefined, {
          authenticate: () => signedIn,
          browserTokens: { verify, ...(acceptContact !== undefined && { acceptContact }) },
        });
        const response = await post(
          JSON.stringify({ vendor: 'sumsub', shareToken: 'mine', email: 'own@example.com', country: 'DE' }),
        );
        expect(response.status).toBe(500);
        expect(await response.json()).toMatchObject({ error: { code: 'internal', notSent: true } });
        expect(errors.map(({ message }) => message)).toEqual([
          expect.stringMatching(new RegExp(`needs \`${name}\`.*\`browserTokens.acceptContact\``)),
        ]);
        expect([asked, verify.mock.calls]).toEqual([[], []]);
      }
    },
  );

  it('goes without a country to Persona, and without anything else that was sent', async () => {
    expect(await sentOn({ vendor: 'persona', shareToken: 'mine', country: 'DE', more: 1 })).toEqual({
      vendor: 'persona',
      shareToken: 'mine',
      email: user.email,
    });
  });

  it.each<[string, unknown, object?]>([
    ['of a vendor nobody knows', { vendor: 'moon', shareToken: 't' }],
    ['without its vendor', { shareToken: 't' }],
    ['without the token', { vendor: 'persona' }],
    ['that is empty', { vendor: 'persona', shareToken: '' }],
    ['that is a number', { vendor: 'persona', shareToken: 7 }],
    ['that is longer than any', { vendor: 'persona', shareToken: 'x'.repeat(2_049) }],
    ['without an e-mail address', { vendor: 'persona', shareToken: 't' }, { userId: 'u1' }],
    ['without a country for Sumsub', { vendor: 'sumsub', shareToken: 't' }, { userId: 'u1', email: 'a@example.com' }],
    ['with an e-mail address that is none', { vendor: 'persona', shareToken: 't', email: 'own' }, { userId: 'u1' }],
    [
      'with a country that is no code',
      { vendor: 'sumsub', shareToken: 't', country: 'Germany' },
      { userId: 'u1', email: 'a@example.com' },
    ],
  ])('is a bad request %s', async (_, body, signedIn) => {
    expect(await sentOn(body, signedIn, true)).toBe('badRequest');
  });
});

describe('a token of your own function', () => {
  const mintedOf = async (token: object) => {
    const { post, asked, errors } = openForNewcomer(undefined, { shareTokens: () => token as never });
    const response = await post();
    return response.status === 200 ? ((await asked[0]?.json()) as unknown) : errors[0]?.message;
  };

  it('goes without a country to Persona, and without anything else that it holds', async () => {
    const token = { vendor: 'persona', shareToken: 't', email: user.email };
    expect(await mintedOf({ ...token, country: 'US', expiresAt: 1 })).toEqual(token);
    expect(await mintedOf({ ...token, country: 'USA' })).toEqual(token);
  });

  it.each(['USA', 'us', 'UK', 'EU', 'ZZ', 'Germany', 'U S'])('is refused with the country %s', async (country) => {
    const token = { vendor: 'sumsub', shareToken: 't', email: user.email, country };
    expect(await mintedOf(token)).toMatch(/`shareTokens` returned a `country` that is not an ISO 3166-1 alpha-2 code/);
  });

  it.each(['US', 'GB', 'DE', 'XK', 'AX', 'ZW'])('goes to Coinflow with the country %s', async (country) => {
    const token = { vendor: 'sumsub', shareToken: 't', email: user.email, country };
    expect(await mintedOf(token)).toEqual(token);
  });
});
