import { Hono } from 'hono';
import * as v from 'valibot';
import { scenarios, userKeyOf } from '../../simulator';
import { createKycReuseHandler, type KycReuseHandler } from '../../src/server';
import type { SignedIn, Vendor } from '../contract/DemoApi';
import { ConnectionCut, createNetwork } from './createNetwork';
import { createSessions, type Session } from './createSessions';
import type { Trace } from './createTrace';
import type { Providers } from './Providers';
import { timelineOf } from './timelineOf';

/** Answers a request, or cuts its connection. */
export type Backend = (request: Request, cut: () => void) => Promise<Response>;

const signIn = v.object({
  scenario: v.picklist(Object.keys(scenarios) as (keyof typeof scenarios)[]),
  vendor: v.picklist(['persona', 'sumsub']),
  network: v.picklist(['normal', 'slow', 'flaky']),
});

/** The merchant's backend: the kit at `/api/kyc`, and under `/api/demo` what the panel behind the scenes needs. */
export function createBackend({ setup, coinflow, shareTokens, simulator, userOf }: Providers, trace: Trace): Backend {
  const sessions = createSessions();
  const handlers = new Map<Vendor, KycReuseHandler>();
  for (const vendor of setup.vendors) {
    const mint = shareTokens[vendor];
    if (!mint) continue;
    const handler = createKycReuseHandler({
      coinflow,
      authenticate: (request) => sessions.of(request)?.user ?? null,
      shareTokens: mint,
    });
    handlers.set(vendor, handler);
  }

  const app = new Hono<{ Bindings: { cut: () => void } }>();

  app.all('/api/kyc', (c) => {
    const { raw } = c.req;
    const session = sessions.of(raw);
    const handler = handlers.get(session?.vendor ?? setup.vendors[0]);
    if (!handler) return c.json({ message: 'This vendor is not set up' }, 500);
    if (!session) return handler(raw);
    const asked = {
      from: 'browser',
      to: 'backend',
      method: raw.method,
      path: '/api/kyc',
      isSession: c.req.query('session') === '1',
    } as const;
    return trace.record(session.user.userId, asked, () => session.connection(() => handler(raw), c.env.cut));
  });

  app.get('/api/demo/setup', (c) => c.json(setup));

  app.post('/api/demo/session', async (c) => {
    const parsed = v.safeParse(signIn, await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ message: v.summarize(parsed.issues) }, 400);
    const { scenario, vendor: wished, network } = parsed.output;
    // With real providers there is the configured one only.
    const vendor = setup.vendors.includes(wished) ? wished : setup.vendors[0];
    const user = userOf(scenario);
    const session: Session = { user, vendor, scenario, connection: createNetwork(network), startedAt: Date.now() };
    c.header('set-cookie', sessions.start(session));
    return c.json({ userId: user.userId, email: user.email } satisfies SignedIn);
  });

  app.post('/api/demo/input', (c) => {
    const session = sessions.of(c.req.raw);
    if (!session || !simulator) return c.json({ message: 'Only for a simulated user who is signed in' }, 409);
    simulator.giveInput(userKeyOf(session.user.userId));
    return c.body(null, 204);
  });

  app.get('/api/demo/timeline', (c) => {
    const session = sessions.of(c.req.raw);
    if (!session || session.user.userId !== c.req.query('user'))
      return c.json({ message: 'Signed in as somebody else' }, 403);
    const { userId } = session.user;
    return c.json(
      timelineOf({
        userId,
        signedInAt: session.startedAt,
        requests: trace.requestsOf(userId),
        log: simulator?.log ?? [],
        since: Number(c.req.query('since') ?? 0),
        now: Date.now(),
      }),
    );
  });

  app.onError((error, c) => {
    if (!(error instanceof ConnectionCut)) console.error(error);
    return c.json({ message: 'Something went wrong in the demo backend' }, 500);
  });

  return async (request, cut) => app.fetch(request, { cut });
}
