import { describe, expect, it, vi } from 'vitest';
import type { KycUser } from '../../src/server';
import { codeOf, openForNewcomer, openKit } from './openKit';

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

describe('a wallet', () => {
  const evm = '0xAbCdEf0123456789aBcDeF0123456789abcdef01';
  const solana = 'So11111111111111111111111111111111111111112';

  it('on an EVM chain is the same in any case, for the gate’s `subject` and for what the kit remembers', async () => {
    const authenticate = vi
      .fn<() => KycUser>()
      .mockReturnValueOnce({ wallet: evm, blockchain: 'base' })
      .mockReturnValue({ wallet: evm.toLowerCase(), blockchain: 'base' });
    const { send, asked } = openForNewcomer(undefined, { authenticate });
    const headers = { 'content-type': 'application/json' };
    for (const subject of [evm.toLowerCase(), evm])
      expect((await send('POST', { query: `?subject=${subject}`, body: '{}', headers })).status).toBeLessThan(300);
    // One user: the second registration is answered by the first. Coinflow gets the address as you wrote it.
    expect(asked.map((request) => request.headers.get('x-coinflow-auth-wallet'))).toEqual([evm]);
  });

  it.each([
    ['on Solana', { wallet: solana, blockchain: 'solana' }, solana.toLowerCase()],
    ['that is too short for an EVM address', { wallet: '0xAb', blockchain: 'eth' }, '0xab'],
    ['used as an id', { userId: evm }, evm.toLowerCase()],
  ])('%s is another in another case', async (_, user, subject) => {
    const { get, asked } = openKit(undefined, { authenticate: () => user });
    expect(await codeOf(await get(`?subject=${subject}`))).toBe('subjectMismatch');
    expect(asked).toEqual([]);
  });

  it('gets a session key, by its address and blockchain', async () => {
    const { get, asked } = openKit(() => Response.json({ key: 'k1' }), {
      authenticate: () => ({ wallet: solana, blockchain: 'solana' }),
    });
    expect(await (await get(`?subject=${solana}&session=1`)).json()).toEqual({ sessionKey: 'k1' });
    expect(asked[0]?.url).toBe('https://coinflow.test/api/auth/session-key');
    expect(asked[0]?.headers.get('x-coinflow-auth-wallet')).toBe(solana);
    expect(asked[0]?.headers.get('x-coinflow-auth-blockchain')).toBe('solana');
  });
});

describe('contact data of `authenticate`', () => {
  it.each<[string, object]>([
    ['country', { country: 'USA' }],
    ['country', { country: 'us' }],
    ['country', { country: 49 }],
    ['email', { email: 'not an address' }],
    ['email', { email: { address: 'a@example.com' } }],
    ['email', { email: `${'a'.repeat(250)}@b.example` }],
  ])('with a wrong `%s` is a set-up error before anything is minted: %o', async (field, wrong) => {
    const shareTokens = vi.fn(() => null);
    const { post, get, asked, errors } = openKit(undefined, {
      shareTokens,
      authenticate: () => ({ userId: 'u1', ...wrong }),
    });
    expect(await (await post()).json()).toMatchObject({ error: { code: 'internal', notSent: true } });
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(new RegExp(`^\`authenticate\` returned an? \`${field}\``)),
    ]);
    expect(shareTokens).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
    // Who has a record needs neither.
    expect((await get()).status).toBe(200);
  });

  it.each([null, ''])('that is %j is none', async (none) => {
    const { post, asked } = openForNewcomer(undefined, {
      authenticate: () => ({ userId: 'u1', email: none, country: none }) as never,
    });
    expect((await post()).status).toBe(200);
    expect(asked).toHaveLength(1);
  });
});
