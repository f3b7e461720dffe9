import { describe, expect, it } from 'vitest';
import type { KycUser } from '../../src/server';
import { codeOf, openKit } from './openKit';

describe('an id that is not printable ASCII', () => {
  const odd = {
    'a line break and a header': 'u1\r\nx-coinflow-auth-user-id: u2',
    'a lone line feed': 'u1\n',
    'a null character': 'u1\u0000',
    'a tab': 'u\t1',
    'a space': 'u 1',
    'a delete character': 'u1\u007f',
    'a no-break space': 'u\u00a01',
    'a zero-width space': 'u\u200b1',
    'a byte order mark': '\ufeffu1',
    'a right-to-left override': 'u\u202e1',
    'a line separator': 'u\u20281',
    'an umlaut': 'ümlaut',
    'a Cyrillic letter that looks Latin': 'а1',
    'a full-width digit': 'u１',
    'an accent of its own': 'u\u03011',
    'half of a surrogate pair': 'u\ud83d',
    'an emoji': 'u😀',
    nothing: '',
    'a space around it': ' u1 ',
    '513 characters': 'u'.repeat(513),
  };
  const users: [string, (id: string) => KycUser][] = [
    ['userId', (userId) => ({ userId })],
    ['wallet', (wallet) => ({ wallet, blockchain: 'solana' })],
    ['blockchain', (blockchain) => ({ wallet: 'w1', blockchain })],
  ];

  describe.each(users)('is refused as a `%s`', (_, userOf) => {
    it.each(Object.entries(odd))('with %s, for reads and registrations, and nothing is asked', async (__, id) => {
      const { get, post, asked, errors } = openKit(undefined, { authenticate: () => userOf(id) });
      for (const response of [await get(), await post()])
        expect([response.status, await codeOf(response)]).toEqual([500, 'internal']);
      expect(errors.map(({ message }) => message)).toEqual(
        Array(2).fill(expect.stringMatching(/^`authenticate` returned a `\w+` that cannot be sent to Coinflow/)),
      );
      expect(asked).toEqual([]);
    });
  });

  it.each([42, {}, ['u1'], true])('is refused where plain JavaScript gives %j', async (id) => {
    const { get, asked } = openKit(undefined, { authenticate: () => ({ userId: id }) as never });
    expect(await codeOf(await get())).toBe('internal');
    expect(asked).toEqual([]);
  });

  it('cannot come from the browser: `subject` is compared, and never sent on', async () => {
    const { get, asked } = openKit();
    for (const subject of Object.values(odd))
      expect(await codeOf(await get(`?${new URLSearchParams({ subject }).toString()}`))).toBe(
        subject ? 'subjectMismatch' : 'badRequest',
      );
    expect(asked).toEqual([]);
  });
});

it.each<[string, KycUser, string, Record<string, string | null>]>([
  ['an id', { userId: 'u7' }, 'u7', { 'user-id': 'u7', wallet: null, blockchain: null }],
  [
    'an id and a wallet, by the id',
    { userId: 'u7', wallet: 'w7', blockchain: 'eth' },
    'u7',
    { 'user-id': 'u7', wallet: null },
  ],
  ['a wallet', { wallet: 'w7', blockchain: 'eth' }, 'w7', { 'user-id': null, wallet: 'w7', blockchain: 'eth' }],
])('Coinflow is told of a user with %s, who is the gate’s `subject`', async (_, user, subject, expected) => {
  const { get, asked } = openKit(undefined, { authenticate: () => user });
  expect((await get(`?subject=${subject}`)).status).toBe(200);
  for (const [name, value] of Object.entries(expected))
    expect(asked[0]?.headers.get(`x-coinflow-auth-${name}`)).toBe(value);
});
