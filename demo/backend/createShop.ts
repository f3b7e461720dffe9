import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { applicantIdFor, inquiryIdFor, type Scenario, scenarios, type Simulator, userKeyOf } from '../../simulator';
import { createKycReuseHandler, type Fetch, type KycReuseHandler, personaShareTokens, sumsubShareTokens } from '../../src/server';
import type { LiveConfig } from './readConfig';
import type { TimelineEvent } from './TimelineEvent';

export type Vendor = 'persona' | 'sumsub';
export type Speed = 'normal' | 'slow' | 'flaky';

/** Where the demo's services are. */
export type Upstream =
  | { readonly mode: 'simulator'; readonly simulator: Simulator; readonly urls: { readonly coinflow: string; readonly persona: string; readonly sumsub: string } }
  | LiveConfig;

/** A signed-in visitor. */
interface Visit {
  readonly userId: string;
  readonly vendor: Vendor;
  readonly speed: Speed;
  readonly events: TimelineEvent[];
  asked: number;
}

/** The merchant's backend: sign-in, the KYC reuse handler, and what the demo shows beside it. */
export function createShop(upstream: Upstream): Hono {
  const visits = new Map<string, Visit>();
  const current = new AsyncLocalStorage<Visit>();
  let users = 0;

  const handlers = createHandlers(upstream, visits, watched);
  const app = new Hono();

  app.get('/api/demo', (c) =>
    c.json(
      upstream.mode === 'simulator'
        ? { mode: 'simulator', env: 'local', merchantId: upstream.simulator.config.merchantId, scenarios }
        : { mode: 'live', env: upstream.env, merchantId: upstream.merchantId, vendor: upstream.vendor.name },
    ),
  );

  app.post('/api/demo/session', async (c) => {
    const asked = await c.req.json<{ scenario?: string; vendor?: string; speed?: string }>();
    const vendor: Vendor = upstream.mode === 'live' ? upstream.vendor.name : asked.vendor === 'sumsub' ? 'sumsub' : 'persona';
    const speed: Speed = asked.speed === 'slow' || asked.speed === 'flaky' ? asked.speed : 'normal';
    const userId = upstream.mode === 'live' ? upstream.user.id : newUser(upstream.simulator, asked.scenario);
    const id = randomUUID();
    visits.set(id, { userId, vendor, speed, events: [], asked: 0 });
    setCookie(c, 'visit', id, { httpOnly: true, sameSite: 'Lax', path: '/' });
    return c.json({ userId });
  });

  app.post('/api/demo/input', (c) => {
    const visit = visits.get(getCookie(c, 'visit') ?? '');
    if (visit && upstream.mode === 'simulator') upstream.simulator.giveInput(userKeyOf(visit.userId));
    return c.json({});
  });

  app.get('/api/demo/timeline', (c) => {
    const visit = visits.get(getCookie(c, 'visit') ?? '');
    return c.json(visit ? timelineOf(visit, upstream) : []);
  });

  app.all('/api/kyc', async (c) => {
    const visit = visits.get(getCookie(c, 'visit') ?? '');
    if (!visit) return c.json({ error: { code: 'unauthenticated' } }, 401);
    const at = Date.now();
    const what = c.req.query('session') ? 'asks for a session key' : c.req.method === 'POST' ? 'asks to register the share token' : 'asks for the record';
    if (visit.speed === 'slow') await new Promise((resolve) => setTimeout(resolve, 1_200));
    const event = { at, from: 'browser', to: 'merchant', what, status: 0 } satisfies TimelineEvent;
    visit.events.push(event);
    const isDropped = visit.speed === 'flaky' && ++visit.asked % 3 === 0;
    const response = isDropped
      ? Response.json({ error: { code: 'server' } }, { status: 503 })
      : await current.run(visit, () => handlers[visit.vendor](c.req.raw));
    event.status = response.status;
    return response;
  });

  function newUser(simulator: Simulator, scenario: string | undefined): string {
    const name: Scenario = scenario !== undefined && Object.hasOwn(scenarios, scenario) ? (scenario as Scenario) : 'firstTime';
    const userId = `${name}-${++users}`;
    simulator.setScenario(userKeyOf(userId), name);
    return userId;
  }

  /** A `fetch` that writes what the backend asks into the timeline of the visit it asks for. */
  function watched(to: TimelineEvent['to'], whatOf: (url: URL) => string): Fetch {
    return async (request) => {
      const event = { at: Date.now(), from: 'merchant', to, what: whatOf(new URL(request.url)), status: 0 } satisfies TimelineEvent;
      current.getStore()?.events.push(event);
      const response = await fetch(request);
      event.status = response.status;
      return response;
    };
  }

  return app;
}

type Watched = (to: TimelineEvent['to'], whatOf: (url: URL) => string) => Fetch;

/** The kit, once per vendor. */
function createHandlers(upstream: Upstream, visits: Map<string, Visit>, watched: Watched): Record<Vendor, KycReuseHandler> {
  const live = upstream.mode === 'live' ? upstream : undefined;
  const mint = () => 'mints a share token';
  const isNothing = (userId: string | undefined) => userId?.startsWith('nothingToShare') === true;
  const simulated = upstream.mode === 'simulator' ? upstream : undefined;
  const persona = () => {
    if (live?.vendor.name === 'persona') {
      const { apiKey, connectionId, inquiryId } = live.vendor;
      return personaShareTokens({ apiKey, connectionId, inquiryId: () => inquiryId, fetch: watched('Persona', mint) });
    }
    if (!simulated) return () => null;
    const { config } = simulated.simulator;
    return personaShareTokens({
      apiKey: config.personaApiKey,
      connectionId: config.personaConnectionId,
      inquiryId: ({ userId }) => (isNothing(userId) ? null : inquiryIdFor(userKeyOf(userId ?? ''))),
      baseUrl: `${simulated.urls.persona}/api/v1`,
      fetch: watched('Persona', mint),
    });
  };
  const sumsub = () => {
    if (live?.vendor.name === 'sumsub') {
      const { appToken, secretKey, clientId, applicantId } = live.vendor;
      return sumsubShareTokens({ appToken, secretKey, forClientId: clientId, applicantId: () => applicantId, fetch: watched('Sumsub', mint) });
    }
    if (!simulated) return () => null;
    const { config } = simulated.simulator;
    return sumsubShareTokens({
      appToken: config.sumsubAppToken,
      secretKey: config.sumsubSecretKey,
      forClientId: config.sumsubClientId,
      applicantId: ({ userId }) => (isNothing(userId) ? null : applicantIdFor(userKeyOf(userId ?? ''))),
      baseUrl: simulated.urls.sumsub,
      fetch: watched('Sumsub', mint),
    });
  };
  const coinflow = {
    ...(simulated ? { apiKey: simulated.simulator.config.apiKey, baseUrl: `${simulated.urls.coinflow}/api` } : { apiKey: live?.apiKey ?? '', env: live?.env ?? 'sandbox' }),
    fetch: watched('Coinflow', ({ pathname }) =>
      pathname.endsWith('share-token') ? 'hands over the share token' : pathname.endsWith('session-key') ? 'asks for a session key' : 'asks for the withdrawer',
    ),
  };
  const handlerOf = (shareTokens: ReturnType<typeof persona>) =>
    createKycReuseHandler({
      coinflow,
      shareTokens,
      authenticate: (request) => {
        const id = /(?:^|; )visit=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
        const visit = visits.get(id ?? '');
        return visit ? { userId: visit.userId, email: live?.user.email ?? 'avery@example.com', country: live?.user.country ?? 'US' } : null;
      },
      // The timeline shows what fails.
      onError: () => {},
    });
  return { persona: handlerOf(persona()), sumsub: handlerOf(sumsub()) };
}

/** The backend's own events, and, of the simulator, when the record came to exist and the payout page was asked for. */
function timelineOf({ userId, events }: Visit, upstream: Upstream): TimelineEvent[] {
  const marks: TimelineEvent[] = [];
  if (upstream.mode === 'simulator') {
    for (const entry of upstream.simulator.log) {
      if (entry.userKey !== userKeyOf(userId)) continue;
      if (entry.readableAt !== undefined && entry.readableAt <= Date.now()) {
        marks.push({ at: entry.readableAt, from: 'merchant', to: 'Coinflow', what: 'The verification record exists', status: 200, mark: 'record' });
      }
      if (entry.service === 'page') {
        marks.push({
          at: entry.at,
          from: 'browser',
          to: 'payout page',
          what: entry.recordExisted ? 'The payout form is loaded' : 'The payout form is loaded too early',
          status: entry.status,
          mark: entry.recordExisted ? 'form' : 'tooEarly',
        });
      }
    }
  }
  return [...events, ...marks].sort((a, b) => a.at - b.at);
}
