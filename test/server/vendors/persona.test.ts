import { describe, expect, it } from 'vitest';
import { personaShareTokens, type PersonaOptions } from '../../../src/server';
import { codeOf, openKit, silence, type Upstream, user } from '../openKit';

const options = { apiKey: 'SECRET-persona', connectionId: 'cxn_1', inquiryId: () => 'inq_1' };
const over = (persona: Upstream, more: Partial<PersonaOptions> = {}) =>
  personaShareTokens({ ...options, timeoutMs: 60, fetch: async (request) => persona(request), ...more });

describe('minting at Persona', () => {
  it('sends what its reference says, and takes the token from `data.id`', async () => {
    const asked: Request[] = [];
    const shareTokens = over(
      (request) => {
        asked.push(request);
        return Response.json({ data: { type: 'connect/share-token', id: 'cnst_1' } }, { status: 201 });
      },
      // A base URL with a slash at the end is as good.
      { baseUrl: 'https://persona.test/api/v1/', personaVersion: '2025-01-01' },
    );
    expect(await shareTokens(user)).toEqual({ vendor: 'persona', shareToken: 'cnst_1', email: user.email });
    const [request] = asked;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('https://persona.test/api/v1/connect/share-tokens');
    expect(request?.headers.get('authorization')).toBe('Bearer SECRET-persona');
    expect(request?.headers.get('persona-version')).toBe('2025-01-01');
    expect(await request?.json()).toEqual({
      data: { attributes: { 'connection-id': 'cxn_1', 'source-id': 'inq_1' } },
    });
  });

  it('gives `null` for a user without an inquiry, and asks nobody', async () => {
    const shareTokens = over(
      () => {
        throw new Error('asked');
      },
      { inquiryId: () => null },
    );
    expect(await shareTokens(user)).toBeNull();
  });

  it('needs an e-mail address, and says so', async () => {
    await expect(over(silence)({ userId: 'u1' })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('`email`') as string,
    });
  });

  it.each<[string, Upstream]>([
    ['401', () => Response.json({ errors: [] }, { status: 401 })],
    ['404', () => Response.json({ errors: [] }, { status: 404 })],
    ['500', () => new Response('oops', { status: 500 })],
    ['200 of another shape', () => Response.json({ data: {} })],
    ['silence', silence],
  ])('is tokenUnavailable, not sent, when Persona answers %s', async (_, persona) => {
    const { post, asked } = openKit(undefined, { shareTokens: over(persona) });
    const response = await post();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'tokenUnavailable', notSent: true } });
    expect(asked).toEqual([]);
  });

  it.each([429, 503])('passes Retry-After on, when Persona answers %i with one', async (status) => {
    const shareTokens = over(() => Response.json({}, { status, headers: { 'retry-after': '7' } }));
    const response = await openKit(undefined, { shareTokens }).post();
    expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([
      503,
      '7',
      'tokenUnavailable',
    ]);
  });

  it.each([
    [{ apiKey: undefined }, '`apiKey` is empty'],
    [{ apiKey: 'Bearer k' }, 'without "Bearer"'],
    [{ connectionId: '' }, '`connectionId` is empty'],
  ])('says at once what is set up wrongly: %o', (wrong, told) => {
    expect(() => personaShareTokens({ ...options, ...wrong })).toThrow(told);
  });
});
