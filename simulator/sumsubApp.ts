import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Notes } from './coinflowApp';
import { userKeyOfApplicant } from './userKeys';
import type { SimulatedUser, World } from './World';

const body = v.object({
  applicantId: v.pipe(v.string(), v.nonEmpty()),
  forClientId: v.string(),
  ttlInSecs: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** How far a request's timestamp may be off, in s. */
const clockToleranceSecs = 60;

/** Sumsub's API. Source: `POST /resources/accessTokens/shareToken`, signed requests. */
export function sumsubApp({ config, tokens }: World, userOf: (key: string) => SimulatedUser) {
  const app = new Hono<{ Variables: { notes: Notes } }>();

  app.post('/resources/accessTokens/shareToken', async (c) => {
    const fail = (status: 400 | 401 | 404, description: string) => c.json({ code: status, description }, status);
    const raw = await c.req.text();
    const ts = c.req.header('x-app-access-ts') ?? '';
    const { pathname, search } = new URL(c.req.url);
    const expected = createHmac('sha256', config.sumsubSecretKey)
      .update(`${ts}POST${pathname}${search}${raw}`)
      .digest();
    const given = Buffer.from(c.req.header('x-app-access-sig') ?? '', 'hex');
    if (c.req.header('x-app-token') !== config.sumsubAppToken) return fail(401, 'Unknown app token');
    if (!/^\d+$/.test(ts) || Math.abs(Number(ts) - config.now() / 1000) > clockToleranceSecs)
      return fail(401, 'Timestamp is off');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return fail(401, 'Signature does not match');
    const parsed = v.safeParse(body, parseJson(raw));
    if (!parsed.success) return fail(400, 'Bad request');
    const { applicantId, forClientId, ttlInSecs } = parsed.output;
    if (forClientId !== config.sumsubClientId) return fail(400, 'Unknown client');
    const userKey = userKeyOfApplicant(applicantId);
    c.get('notes').userKey = userKey;
    if (userOf(userKey).scenario === 'nothingToShare') return fail(404, 'Applicant not found');
    const token = `_act-share-${crypto.randomUUID()}`;
    tokens.set(token, { vendor: 'sumsub', userKey, expiresAt: config.now() + ttlInSecs * 1000, used: false });
    return c.json({ token, forClientId });
  });
  return app;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
