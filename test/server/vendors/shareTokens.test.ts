import { describe, expect, it } from 'vitest';
import { codeOf, openKit, user } from '../openKit';

/** What reaches Coinflow of a token that the browser sends, and what it is answered otherwise. */
async function sentOn(body: unknown, signedIn: object = { userId: 'u1', email: user.email, country: 'US' }) {
  const { post, asked } = openKit(undefined, {
    browserTokens: { verify: () => true },
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

  it('goes with the browser’s own where `authenticate` gives none', async () => {
    const sent = { vendor: 'sumsub_docv', shareToken: 'mine', email: 'own@example.com', country: 'DE' };
    expect(await sentOn(sent, { userId: 'u1' })).toEqual(sent);
  });

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
    [
      'with a country that is no code',
      { vendor: 'sumsub', shareToken: 't', country: 'Germany' },
      { userId: 'u1', email: 'a@example.com' },
    ],
  ])('is a bad request %s', async (_, body, signedIn) => {
    expect(await sentOn(body, signedIn)).toBe('badRequest');
  });
});
