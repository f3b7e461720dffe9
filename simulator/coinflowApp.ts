import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { rateLimit } from './rateLimit';
import { type SimulatedUser, tellChange, type World } from './World';
import { endOf, withdrawerOf } from './withdrawerOf';

/** What the app hands to the log beside the status. */
export type Notes = { userKey?: string; recordExisted?: boolean; readableAt?: number };

const minute = 60_000;
const day = 86_400_000;
const email = v.pipe(v.string(), v.email());
const shareToken = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024));

/** Source: `KycShareTokenBody` of Coinflow's OpenAPI. Persona takes no country; Sumsub needs one. */
const registrationBody = v.variant('vendor', [
  v.strictObject({ vendor: v.literal('persona'), shareToken, email }),
  v.strictObject({
    vendor: v.picklist(['sumsub', 'sumsub_docv']),
    shareToken,
    email,
    country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
    redirectLink: v.optional(v.pipe(v.string(), v.url())),
  }),
]);

/** Coinflow's API, under `/api`. */
export function coinflowApp(world: World, userOf: (key: string) => SimulatedUser) {
  const { config } = world;
  const app = new Hono<{ Variables: { notes: Notes; userKey: string } }>();

  app.use('/api/*', async (c, next) => {
    const sessionKey = c.req.header('x-coinflow-auth-session-key');
    const session = sessionKey === undefined ? undefined : world.sessionKeys.get(sessionKey);
    // Raw, without "Bearer". And unlike "no record yet", a wrong key says nothing of a withdrawer.
    const isMerchant = c.req.header('authorization') === config.apiKey;
    if (!isMerchant && !(session && session.expiresAt > config.now())) return c.json({ message: 'Unauthorized' }, 401);
    const userKey = session?.userKey ?? namedUser(c);
    if (userKey === undefined) return c.json({ message: 'Missing user authentication headers' }, 401);
    c.get('notes').userKey = userKey;
    c.set('userKey', userKey);
    const wait = rateLimit(userOf(userKey).requests, config.now(), 100, minute);
    if (wait !== undefined) return tooMany(c, wait);
    return next();
  });

  app.get('/api/withdraw', (c) => {
    const userKey = c.get('userKey');
    const user = userOf(userKey);
    if (user.record) user.record.reads++;
    const answer = withdrawerOf(world, userKey, user);
    if (answer) return c.json(answer.body, answer.status);
    const wait = rateLimit(user.misses, config.now(), 10, 10_000);
    if (wait !== undefined) return tooMany(c, wait);
    return c.json({ message: `No withdrawer associated with wallet ${userKey.replace(/^\w+:/, '')}` }, 401);
  });

  app.post('/api/withdraw/kyc/share-token', async (c) => {
    const userKey = c.get('userKey');
    const user = userOf(userKey);
    const wait = rateLimit(user.registrations, config.now(), 3, minute);
    if (wait !== undefined) return tooMany(c, wait);
    const parsed = v.safeParse(registrationBody, await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ message: 'Validation failed', details: v.summarize(parsed.issues) }, 400);
    const { vendor, shareToken: value } = parsed.output;
    const token = world.tokens.get(value);
    if (!token || token.used || token.expiresAt <= config.now() || token.vendor !== vendor.replace('_docv', '')) {
      return c.json({ message: 'Share token is invalid, expired or already used' }, 400);
    }
    token.used = true;
    if (user.scenario === 'refused') return c.json({ message: 'Applicant is not approved' }, 400);
    const readableAt = config.now() + redemptionMs(user, vendor);
    user.record = { readableAt, vendor, shareToken: value, origin: 'registered', reads: 0 };
    c.get('notes').readableAt = readableAt;
    const { email } = parsed.output;
    tellChange(world, { userKey, eventType: 'KYC Created', email, at: config.now() });
    const end = endOf(user);
    if (end && readableAt < Infinity)
      tellChange(world, { userKey, eventType: end.eventType, email, at: readableAt + end.afterMs });
    return c.json({
      withdrawer: {
        _id: '65f0c0ffee',
        email,
        verification: { reference: 'vrf_5f2d', status: 'pending', vendor, shareToken: value },
      },
    });
  });

  app.get('/api/auth/session-key', (c) => {
    const userKey = c.get('userKey');
    const expiresAt = config.now() + day;
    // Its own `exp` is the only word on how long a key lives.
    const claims = { sub: userKey, n: world.sessionKeys.size, exp: Math.floor(expiresAt / 1000) };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const key = `eyJhbGciOiJIUzI1NiJ9.${payload}.${crypto.randomUUID().replaceAll('-', '')}`;
    world.sessionKeys.set(key, { userKey, expiresAt });
    return c.json({ key });
  });

  function redemptionMs({ scenario }: SimulatedUser, vendor: string): number {
    if (scenario === 'slow') return 30_000;
    if (scenario === 'never') return Infinity;
    const { personaRedemptionMs, sumsubRedemptionMs } = config;
    if (vendor === 'persona') return personaRedemptionMs;
    return typeof sumsubRedemptionMs === 'function' ? sumsubRedemptionMs() : sumsubRedemptionMs;
  }

  return app;
}

function namedUser(c: Pick<Context, 'req'>): string | undefined {
  const userId = c.req.header('x-coinflow-auth-user-id');
  if (userId) return `user:${userId}`;
  const [wallet, blockchain] = [c.req.header('x-coinflow-auth-wallet'), c.req.header('x-coinflow-auth-blockchain')];
  return wallet && blockchain ? `${blockchain}:${wallet}` : undefined;
}

function tooMany(c: Pick<Context, 'json'>, seconds: number) {
  return c.json({ message: 'Too many requests' }, 429, { 'retry-after': String(seconds) });
}
