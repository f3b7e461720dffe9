import { Hono } from 'hono';
import * as v from 'valibot';
import type { Notes } from './coinflowApp';
import { rateLimit } from './rateLimit';
import { userKeyOfInquiry } from './userKeys';
import type { SimulatedUser, World } from './World';

const body = v.object({
  data: v.object({
    attributes: v.object({ 'connection-id': v.string(), 'source-id': v.pipe(v.string(), v.startsWith('inq_')) }),
  }),
});

/** Life of a Persona share token here, in ms. Persona documents no figure. */
const tokenLifeMs = 15 * 60_000;

/** Persona's Connect API. Source: `POST /api/v1/connect/share-tokens`. */
export function personaApp({ config, tokens, idempotent }: World, userOf: (key: string) => SimulatedUser) {
  const app = new Hono<{ Variables: { notes: Notes } }>();
  const requests: number[] = [];

  app.post('/api/v1/connect/share-tokens', async (c) => {
    const fail = (status: 400 | 401 | 404 | 429, title: string) => c.json({ errors: [{ title }] }, status);
    if (c.req.header('authorization') !== `Bearer ${config.personaApiKey}`) return fail(401, 'Must be authenticated');
    const wait = rateLimit(requests, config.now(), 300, 60_000);
    c.header('RateLimit-Limit', '300');
    c.header('RateLimit-Remaining', String(300 - requests.length));
    c.header('RateLimit-Reset', String(wait ?? 60));
    if (wait !== undefined) return fail(429, 'Too many requests');
    const parsed = v.safeParse(body, await c.req.json().catch(() => undefined));
    if (!parsed.success) return fail(400, 'Bad request');
    const { 'connection-id': connectionId, 'source-id': inquiryId } = parsed.output.data.attributes;
    if (connectionId !== config.personaConnectionId) return fail(404, 'Connection not found');
    const userKey = userKeyOfInquiry(inquiryId);
    c.get('notes').userKey = userKey;
    if (userOf(userKey).scenario === 'nothingToShare') return fail(404, 'Inquiry not found');
    const idempotencyKey = c.req.header('idempotency-key');
    const known = idempotencyKey === undefined ? undefined : idempotent.get(idempotencyKey);
    const id = known ?? `cnst_${crypto.randomUUID().replaceAll('-', '')}`;
    if (idempotencyKey !== undefined) idempotent.set(idempotencyKey, id);
    const now = config.now();
    if (known === undefined) tokens.set(id, { vendor: 'persona', userKey, expiresAt: now + tokenLifeMs, used: false });
    const time = (ms: number) => new Date(ms).toISOString();
    return c.json(
      {
        data: {
          type: 'connect/share-token',
          id,
          attributes: {
            status: 'created',
            'created-at': time(now),
            'updated-at': time(now),
            'expires-at': time(now + tokenLifeMs),
          },
        },
      },
      201,
    );
  });
  return app;
}
