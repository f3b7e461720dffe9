import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { sumsubShareTokens, type SumsubOptions } from '../../../src/server';
import { codeOf, mintContext, openForNewcomer, silence, type Upstream, user } from '../openKit';

const options = {
  appToken: 'sbx:app',
  secretKey: 'sumsub_secret',
  forClientId: 'coinflow_client',
  applicantId: () => 'app_1',
};
const over = (sumsub: Upstream, more: Partial<SumsubOptions> = {}) =>
  sumsubShareTokens({ ...options, timeoutMs: 60, fetch: async (request) => sumsub(request), ...more });

describe('minting at Sumsub', () => {
  it('signs as its reference says', async () => {
    let seen: Request | undefined;
    const shareTokens = over((request) => {
      seen = request;
      return Response.json({ token: 'tok', forClientId: 'coinflow_client' });
    });
    expect(await shareTokens(user, mintContext())).toEqual({
      vendor: 'sumsub',
      shareToken: 'tok',
      email: user.email,
      country: 'US',
    });
    const body = (await seen?.text()) ?? '';
    const ts = seen?.headers.get('x-app-access-ts') ?? '';
    expect(Math.abs(Number(ts) - Date.now() / 1000)).toBeLessThan(5);
    expect(seen?.headers.get('x-app-token')).toBe('sbx:app');
    expect(seen?.headers.get('x-app-access-sig')).toBe(
      createHmac('sha256', 'sumsub_secret').update(`${ts}POST/resources/accessTokens/shareToken${body}`).digest('hex'),
    );
    expect(JSON.parse(body)).toEqual({ applicantId: 'app_1', forClientId: 'coinflow_client', ttlInSecs: 600 });
  });

  it('takes a base URL with a slash at the end, and the document vendor', async () => {
    const asked: string[] = [];
    const shareTokens = over(
      (request) => {
        asked.push(request.url);
        return Response.json({ token: 't' });
      },
      { baseUrl: 'https://sumsub.test/', vendor: 'sumsub_docv' },
    );
    expect(await shareTokens(user, mintContext())).toMatchObject({ vendor: 'sumsub_docv' });
    expect(asked).toEqual(['https://sumsub.test/resources/accessTokens/shareToken']);
  });

  it('gives `null` for a user without an applicant', async () => {
    expect(await over(silence, { applicantId: () => undefined })(user, mintContext())).toBeNull();
  });

  it.each([
    ['e-mail address', { userId: 'u1', country: 'US' }],
    ['country', { userId: 'u1', email: 'a@example.com' }],
  ])('needs the user’s %s, and says so', async (_, somebody) => {
    await expect(over(silence)(somebody, mintContext())).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('`email` and `country`') as string,
    });
  });

  it.each([429, 503])('passes Retry-After on, when Sumsub answers %i with one', async (status) => {
    const shareTokens = over(() => Response.json({}, { status, headers: { 'retry-after': '7' } }));
    const response = await openForNewcomer(undefined, { shareTokens }).post();
    expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([
      503,
      '7',
      'tokenUnavailable',
    ]);
  });

  it.each([400, 404, 409])(
    'is noShareableVerification when Sumsub refuses with %i, and `onError` learns the status',
    async (status) => {
      const { post, asked, errors } = openForNewcomer(undefined, {
        shareTokens: over(() => Response.json({}, { status })),
      });
      expect(await codeOf(await post())).toBe('noShareableVerification');
      expect(errors).toMatchObject([{ code: 'noShareableVerification', upstreamStatus: status }]);
      expect(asked).toEqual([]);
    },
  );

  it.each([401, 403, 429, 500])('is tokenUnavailable when Sumsub answers %i', async (status) => {
    const { post } = openForNewcomer(undefined, { shareTokens: over(() => Response.json({}, { status })) });
    expect(await codeOf(await post())).toBe('tokenUnavailable');
  });

  it('is never asked for a user whose country is no code', async () => {
    const applicantId = vi.fn(() => 'app_1');
    const { post, errors } = openForNewcomer(undefined, {
      shareTokens: over(silence, { applicantId }),
      authenticate: () => ({ ...user, country: 'USA' }),
    });
    expect(await (await post()).json()).toMatchObject({ error: { code: 'internal', notSent: true } });
    expect(errors[0]?.message).toContain('`country`');
    expect(applicantId).not.toHaveBeenCalled();
  });

  it.each([
    [{ timeoutMs: '10s' as never }, '`sumsubShareTokens.timeoutMs`'],
    [{ ttlInSecs: 0.5 }, '`ttlInSecs`'],
    [{ baseUrl: 'https://sumsub.test/#x' }, 'must have no query'],
    [{ appToken: undefined }, '`appToken` is empty'],
    [{ appToken: 'a b' }, 'invalid characters'],
    [{ secretKey: '' }, '`secretKey` is empty'],
    [{ forClientId: undefined }, '`forClientId` is empty'],
  ])('says at once what is set up wrongly: %o', (wrong, told) => {
    expect(() => sumsubShareTokens({ ...options, ...wrong })).toThrow(told);
  });
});
