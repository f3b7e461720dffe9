import type { Scenario, Simulator } from '../../simulator';
import { type Answer, type Browser, openBrowser } from './browser';

/** What is held against one endpoint. */
export interface ContractOptions {
  readonly url: string;
  /** Begins the ids of the users, so that no two endpoints share one. */
  readonly prefix: string;
  readonly simulator: Simulator;
  readonly parsesBodies: boolean;
  readonly losesWork: boolean;
  /** By `performance.now()`: no step begins later. */
  readonly endsAt: number;
}

/** How long an upstream takes to answer a request whose browser leaves in the middle of it, in ms. */
const slowMs = 1_000;

const origin = 'https://app.example';
const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
const waiting = { prefer: 'wait=8' };
const approved = {
  verification: { status: 'approved', attested: false, vendor: 'persona' },
  availability: { status: 'Functional' },
};

/** Holds the contract against one endpoint, over HTTP. @returns what went wrong, one line each */
export async function checkContract(options: ContractOptions): Promise<string[]> {
  const { prefix, simulator, parsesBodies, losesWork, endsAt } = options;
  const faults: string[] = [];
  const browser: Browser = openBrowser(options.url);
  const { ask, post, leave } = browser;

  const newUser = (name: string, scenario: Scenario = 'firstTime') => {
    const userId = `${prefix}-${name}`;
    simulator.setScenario(`user:${userId}`, scenario);
    return userId;
  };
  const registrationsOf = (userId: string) =>
    simulator.log.filter((it) => it.userKey === `user:${userId}` && it.path.endsWith('/kyc/share-token')).length;

  async function step(what: string, run: () => Promise<unknown>, expected: unknown): Promise<void> {
    if (performance.now() > endsAt) {
      faults.push(`${what}: not run, because the time is up`);
      return;
    }
    const found = await run().catch((error: unknown) => `threw ${String(error)}`);
    if (JSON.stringify(found) !== JSON.stringify(expected))
      faults.push(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }

  const first = newUser('first');
  let etag = '';
  await step(
    'a GET without a record',
    async () => {
      const answer = await ask(first);
      etag = answer.headers.get('etag') ?? '';
      return [...told(answer), etag !== '', answer.headers.get('cache-control')];
    },
    [200, { withdrawer: null }, true, 'no-store'],
  );
  await step(
    'a held GET whose record does not change',
    async () => {
      const answer = await ask(first, { headers: { 'if-none-match': etag, prefer: 'wait=2' } });
      return [...told(answer), isHeld(answer), answer.tookMs >= 1_900 && answer.tookMs < 4_000];
    },
    [200, { withdrawer: null }, true, true],
  );
  await step(
    'a held GET, and the POST that changes the record',
    async () => {
      const held = ask(first, { headers: { 'if-none-match': etag, ...waiting } });
      const posted = await post(first, waiting);
      const answer = await held;
      return [told(posted), isHeld(posted), told(answer), isHeld(answer), answer.tookMs < 7_000];
    },
    [[200, { withdrawer: approved, confirmed: true }], true, [200, { withdrawer: approved }], true, true],
  );
  await step('a GET with a record', async () => told(await ask(first)), [200, { withdrawer: approved }]);
  await step(
    'a GET after the record changed upstream',
    async () => {
      const userId = newUser('changing', 'returning');
      const before = await ask(userId);
      newUser('changing', 'rejected');
      return [before.status, (await ask(userId)).status];
    },
    [200, 451],
  );
  await step(
    'HEAD',
    async () => {
      const { status, headers, text } = await ask(first, { method: 'HEAD' });
      return [status, headers.has('etag'), text];
    },
    [200, true, ''],
  );
  await step(
    'a session key',
    async () => {
      const { status, text } = await ask(first, { query: '&session=1' });
      return [status, typeof (JSON.parse(text) as { sessionKey?: unknown }).sessionKey];
    },
    [200, 'string'],
  );
  await step('a GET of nobody', async () => coded(await ask(undefined)), [401, 'unauthenticated']);
  await step('a GET of another site', async () => coded(await ask(first, { headers: foreign })), [403, 'crossSite']);
  await step('a POST of another site', async () => coded(await post(first, foreign)), [403, 'crossSite']);
  const preflight = async (from: string) => {
    const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,prefer' };
    const { status, headers } = await ask(first, { method: 'OPTIONS', headers: { origin: from, ...asks } });
    return [
      status,
      headers.get('access-control-allow-origin'),
      headers.get('access-control-allow-headers'),
      headers.get('access-control-allow-credentials'),
    ];
  };
  await step('the preflight of an allowed origin', () => preflight(origin), [
    204,
    origin,
    'content-type,prefer',
    'true',
  ]);
  await step('the preflight of another origin', () => preflight(foreign.origin), [204, null, null, null]);
  await step(
    'a GET of an allowed origin',
    async () => {
      const { status, headers } = await ask(first, { headers: { origin, 'sec-fetch-site': 'cross-site' } });
      return [status, headers.get('access-control-allow-origin')];
    },
    [200, origin],
  );
  await step('PUT', async () => (await ask(first, { method: 'PUT', body: '{}' })).status, 405);
  await step(
    'a malformed body',
    async () => (await post(first, {}, '{"shareToken":')).status,
    parsesBodies ? 400 : 422,
  );

  await step(
    'a POST after one whose browser left halfway through the body',
    async () => {
      const userId = newUser('halfway');
      await leave(userId, 'half a POST');
      return [(await post(userId)).status, registrationsOf(userId)];
    },
    [200, 1],
  );
  await step(
    'a GET after one whose browser left while Coinflow was answering',
    async () => {
      const userId = newUser('reading', 'returning');
      simulator.inject({ service: 'coinflow', path: '/withdraw', times: 1, kind: { delayMs: slowMs } });
      await leave(userId, 'GET');
      const { status, tookMs } = await ask(userId);
      return [status, tookMs < 5_000];
    },
    [200, true],
  );
  await step(
    'POSTs after one whose browser left while Persona was minting',
    async () => {
      const userId = newUser('minting');
      simulator.inject({ service: 'persona', times: 1, kind: { delayMs: slowMs } });
      await leave(userId, 'POST');
      const statuses = [];
      for (let tries = 0; tries < 3; tries++) {
        const { status, headers, tookMs } = await post(userId);
        statuses.push(status, tookMs < (losesWork ? 26_000 : 5_000));
        if (status !== 503) break;
        await new Promise((resolve) => setTimeout(resolve, Number(headers.get('retry-after')) * 1000));
      }
      return [...statuses, registrationsOf(userId)];
    },
    // Until the lease of the lost request ends, nobody knows whether it still registers.
    losesWork ? [503, true, 200, true, 1] : [202, true, 1],
  );
  const slow = newUser('slow');
  simulator.inject({ service: 'coinflow', path: '/kyc/share-token', times: 1, kind: { delayMs: slowMs } });
  await step(
    'a POST after one whose browser left while Coinflow was registering',
    async () => {
      await leave(slow, 'POST');
      const { status, tookMs } = await post(slow);
      return [status, tookMs < (losesWork ? 26_000 : 5_000), registrationsOf(slow)];
    },
    // The kit can't tell how a registration ended whose work the runtime has dropped, and won't risk a second token.
    [losesWork ? 503 : 202, true, 1],
  );
  await step(
    'the next held GET',
    async () => told(await ask(slow, { headers: { 'if-none-match': etag, ...waiting } })),
    [200, { withdrawer: approved }],
  );
  await step(
    'a POST after one whose browser left while it was held',
    async () => {
      const userId = newUser('held', 'slow');
      await leave(userId, 'POST');
      const { status, tookMs } = await post(userId);
      return [status, tookMs < 5_000, registrationsOf(userId)];
    },
    [202, true, 1],
  );

  await step(
    'twenty POSTs at once',
    async () => {
      const userId = newUser('eager');
      const all = await Promise.all(Array.from({ length: 20 }, () => post(userId)));
      return [all.every(({ status }) => status === 200 || status === 202), registrationsOf(userId)];
    },
    [true, 1],
  );
  await step(
    'two held POSTs at once',
    async () => {
      const userId = newUser('twice');
      const both = await Promise.all([post(userId, waiting), post(userId, waiting)]);
      return [both.map(told), registrationsOf(userId)];
    },
    [[1, 2].map(() => [200, { withdrawer: approved, confirmed: true }]), 1],
  );
  await step(
    'twenty GETs at once',
    async () => {
      const userId = newUser('reader', 'returning');
      const all = await Promise.all(Array.from({ length: 20 }, () => ask(userId)));
      return [...new Set(all.map(({ status }) => status))];
    },
    [200],
  );

  const { apiKey, personaApiKey } = simulator.config;
  for (const [name, secret] of Object.entries({ apiKey, personaApiKey, email: '@example.com', token: 'cnst_' }))
    if (browser.heard.some((text) => text.includes(secret))) faults.push(`an answer holds a secret: ${name}`);
  return faults;
}

function told({ status, text }: Answer): [number, unknown] {
  return [status, JSON.parse(text)];
}

function coded({ status, text }: Answer): unknown {
  return [status, (JSON.parse(text) as { error?: { code?: string } }).error?.code];
}

function isHeld({ headers }: Answer): boolean {
  return headers.get('preference-applied') === 'wait';
}
