import { afterEach, describe, expect, it, vi } from 'vitest';
import { personaShareTokens, type PersonaOptions } from '../../../src/server';
import { codeOf, mintContext, openForNewcomer, silence, type Upstream, user } from '../openKit';

const options = { apiKey: 'SECRET-persona', connectionId: 'cxn_1', inquiryId: () => 'inq_1' };
const over = (persona: Upstream, more: Partial<PersonaOptions> = {}) =>
  personaShareTokens({ ...options, timeoutMs: 60, fetch: async (request) => persona(request), ...more });

afterEach(() => void vi.useRealTimers());

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
    expect(await shareTokens(user, mintContext())).toEqual({
      vendor: 'persona',
      shareToken: 'cnst_1',
      email: user.email,
    });
    const [request] = asked;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('https://persona.test/api/v1/connect/share-tokens');
    expect(request?.headers.get('authorization')).toBe('Bearer SECRET-persona');
    expect(request?.headers.get('persona-version')).toBe('2025-01-01');
    expect(request?.headers.get('idempotency-key')).toBe('attempt-1');
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
    expect(await shareTokens(user, mintContext())).toBeNull();
  });

  it('needs an e-mail address, and says so', async () => {
    await expect(over(silence)({ userId: 'u1' }, mintContext())).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('`email`') as string,
    });
  });

  it.each<[string, Upstream]>([
    ['401', () => Response.json({ errors: [] }, { status: 401 })],
    ['403', () => Response.json({ errors: [] }, { status: 403 })],
    ['408', () => Response.json({ errors: [] }, { status: 408 })],
    ['302', () => new Response(null, { status: 302, headers: { location: 'https://persona.test' } })],
    ['500', () => new Response('oops', { status: 500 })],
    ['200 of another shape', () => Response.json({ data: {} })],
    ['silence', silence],
  ])('is tokenUnavailable, not sent, when Persona answers %s', async (_, persona) => {
    const { post, asked } = openForNewcomer(undefined, { shareTokens: over(persona) });
    const response = await post();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'tokenUnavailable', notSent: true } });
    expect(asked).toEqual([]);
  });

  it.each([429, 503])('passes Retry-After on, when Persona answers %i with one', async (status) => {
    const shareTokens = over(() => Response.json({}, { status, headers: { 'retry-after': '7' } }));
    const response = await openForNewcomer(undefined, { shareTokens }).post();
    expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([
      503,
      '7',
      'tokenUnavailable',
    ]);
  });

  it.each([400, 404, 409, 410, 422])(
    'is noShareableVerification, not sent, when Persona refuses with %i, and `onError` learns the status',
    async (status) => {
      const { post, asked, errors } = openForNewcomer(undefined, {
        shareTokens: over(() => Response.json({ errors: [{ title: 'SECRET-title' }] }, { status })),
      });
      const response = await post();
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ error: { code: 'noShareableVerification', notSent: true } });
      expect(errors).toMatchObject([{ code: 'noShareableVerification', upstreamStatus: status }]);
      expect(errors[0]?.message).toMatch(/inquiry.*connection id/);
      expect(errors[0]?.message).not.toContain('SECRET');
      expect(asked).toEqual([]);
    },
  );

  it('tells nobody of a user who simply has no inquiry', async () => {
    const { post, errors } = openForNewcomer(undefined, { shareTokens: over(silence, { inquiryId: () => null }) });
    expect(await codeOf(await post())).toBe('noShareableVerification');
    expect(errors).toEqual([]);
  });

  it('sends each attempt under a key of its own, which says nothing about the user', async () => {
    const keys: (string | null)[] = [];
    const shareTokens = over((request) => {
      keys.push(request.headers.get('idempotency-key'));
      return Response.json({}, { status: 503 });
    });
    const { post } = openForNewcomer(undefined, { shareTokens });
    await post();
    await post();
    expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), expect.stringMatching(/^[\da-f-]{36}$/)]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('ends with the time that the registration has left, and when that is cancelled', async () => {
    vi.useFakeTimers();
    const isUnavailable = { code: 'tokenUnavailable' };
    const slow = over(silence, { timeoutMs: 10_000 })(user, { ...mintContext(), leftMs: 500 });
    const late = expect(slow).rejects.toMatchObject(isUnavailable);
    await vi.advanceTimersByTimeAsync(500);
    await late;
    const abort = new AbortController();
    const cancelled = over(silence, { timeoutMs: 10_000 })(user, { ...mintContext(), signal: abort.signal });
    const gone = expect(cancelled).rejects.toMatchObject(isUnavailable);
    abort.abort();
    await gone;
  });

  it.each([
    [{ timeoutMs: NaN }, '`personaShareTokens.timeoutMs`'],
    [{ timeoutMs: 0 }, '`personaShareTokens.timeoutMs`'],
    [{ baseUrl: 'http://persona.test' }, 'must begin with https://'],
    [{ baseUrl: 'https://persona.test/api/v1?x=1' }, 'must have no query'],
    [{ baseUrl: 'persona.test' }, 'is not a URL'],
    [{ apiKey: undefined }, '`apiKey` is empty'],
    [{ apiKey: 'Bearer k' }, 'without "Bearer"'],
    [{ connectionId: '' }, '`connectionId` is empty'],
  ])('says at once what is set up wrongly: %o', (wrong, told) => {
    expect(() => personaShareTokens({ ...options, ...wrong })).toThrow(told);
  });
});
