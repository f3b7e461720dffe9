import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { inspect } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchBrowser } from '../../scripts/launchBrowser';
import {
  closeServer,
  createSimulator,
  listen,
  type LogEntry,
  type Scenario,
  serveOn,
  userKeyOf,
} from '../../simulator';
import { createMerchant } from '../merchant';
import { findSecrets } from './findSecrets';
import { keepTraces, type Traces } from './keepTraces';
import type { Shown } from './page/main';
import { watchSecrets } from './watchSecrets';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Answers of endpoints that are not the contract. */
const bad: Record<string, () => Response | Promise<Response>> = {
  never: () => new Promise(() => {}),
  html: () => new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }),
  nothing: () => new Response(null),
  '10mb': () => Response.json({ withdrawer: 'x'.repeat(10_000_000) }),
  shape: () => Response.json({ ok: true, withdrawer: { verification: 'approved' } }),
  missing: () =>
    new Response('<!doctype html><title>Not found</title>', { status: 404, headers: { 'content-type': 'text/html' } }),
  redirect: () => new Response(null, { status: 302, headers: { location: '/login' } }),
};

/** Addresses of the merchant's page, with the Content-Security-Policy each is served under. */
const pages: Record<string, string | undefined> = { '/': undefined, '/framing-nothing': "frame-src 'self'" };

/** A merchant's site and backend on real HTTP, over the simulated services on real HTTP, and a browser to visit it with. */
export async function openShop() {
  const simulator = createSimulator();
  const { watched, secrets } = watchSecrets(simulator);
  const services = await listen(watched, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  const { urls } = services;
  /** What the kit has reported. */
  const reported: unknown[] = [];
  /** What the kit has answered, where it was not asked for a session key. */
  const answered: string[] = [];
  const onError = (error: unknown) => void reported.push(error);
  const persona = createMerchant({ simulator, urls, handler: { onError } });
  const sumsub = createMerchant({ simulator, urls, vendor: 'sumsub', handler: { onError } });
  const throwing = createMerchant({
    simulator,
    urls,
    handler: {
      onError,
      authenticate: () => {
        throw new Error('the session store is down');
      },
    },
  });
  /** Whose each share token is that the merchant handed to a browser. */
  const handedOut = new Map<string, string>();
  async function handOut(userId: string) {
    const token = await persona.mint(userId);
    handedOut.set(token.shareToken, userId);
    return token;
  }
  const browserTokens = createMerchant({
    simulator,
    urls,
    handler: {
      onError,
      browserTokens: { verify: ({ userId }, { shareToken }) => handedOut.get(shareToken) === userId },
      shareTokens: () => {
        throw new Error('tokens are the browser’s here');
      },
    },
  });
  const api: Record<string, (request: Request) => Response | Promise<Response>> = {
    '/api/kyc': persona.handle,
    '/api/kyc-sumsub': sumsub.handle,
    '/api/kyc-throwing': throwing.handle,
    '/api/kyc-browser-tokens': browserTokens.handle,
    '/api/share-token': async (request) =>
      Response.json(await handOut(/user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '')),
  };
  const folder = inject('pageFolder');
  const backend = { isDown: false, losesAnswersTo: undefined as 'POST' | undefined };
  const site = await serveOn(
    async (request, cut) => {
      const { pathname } = new URL(request.url);
      const answer = api[pathname] ?? bad[pathname.replace('/bad/', '')];
      if (answer && backend.isDown) {
        cut?.();
        return new Promise<never>(() => {});
      }
      if (answer) {
        const response = await answer(request);
        if (pathname !== '/api/share-token' && !request.url.includes('session=1'))
          answered.push(await textOf(response));
        if (request.method !== backend.losesAnswersTo) return response;
        cut?.();
        return new Promise<never>(() => {});
      }
      const policy = pages[pathname];
      const file = pathname in pages ? 'index.html' : pathname;
      return readFile(join(folder, file)).then(
        (content) =>
          new Response(new Uint8Array(content), {
            headers: {
              'content-type': types[extname(file)] ?? 'application/octet-stream',
              ...(policy && { 'content-security-policy': policy }),
            },
          }),
        () => new Response('Not found', { status: 404 }),
      );
    },
    0,
    'the merchant site',
  );
  const url = addressOf(site);
  /** The backend once more, on an origin of its own, and what browsers asked of it. */
  const asked: { readonly subject: string | null; readonly method: string; readonly origin: string | null }[] = [];
  const apart = createMerchant({ simulator, urls, handler: { onError, allowedOrigins: [url] } });
  const apartServer = await serveOn(
    async (request) => {
      const { searchParams } = new URL(request.url);
      asked.push({
        subject: searchParams.get('subject'),
        method: request.method,
        origin: request.headers.get('origin'),
      });
      const response = await apart.handle(request);
      if (!searchParams.has('session')) answered.push(await textOf(response));
      return response;
    },
    0,
    'the backend on another port',
  );
  const browser = await launchBrowser(inject('browserPath'), Number(new URL(urls.page).port));
  const visits = new Set<Visit>();

  async function open(context: BrowserContext, path?: string): Promise<Visit> {
    const visit = await openPage(context, url, path);
    visits.add(visit);
    context.once('close', () => visits.delete(visit));
    return visit;
  }

  return {
    simulator,
    merchant: persona,
    url,
    /** While it is down, connections to it are cut without an answer; or it does what it was asked, and only its answers are lost. */
    backend,
    reported,
    answered,
    /** Where a share token or a session key lies that has no business there: in any page that stood in this context, and on the server. */
    async secretsIn(context: BrowserContext): Promise<string[]> {
      const tabs = [...visits].filter((visit) => visit.context === context);
      const server = {
        'the services’ log': JSON.stringify(simulator.log),
        'a report of the kit': inspect(reported, { depth: 9, maxArrayLength: null }),
        'an answer of the kit': answered.join('\n'),
      };
      const traces = [
        server,
        { cookies: JSON.stringify(await context.cookies()) },
        ...(await Promise.all(tabs.map((visit) => visit.allTraces()))).flat(),
      ];
      return traces.flatMap((it) => findSecrets(it, secrets));
    },
    /** The same backend on another port; the merchant's site is among its `allowedOrigins`. */
    apart: {
      endpoint: `${addressOf(apartServer)}/api/kyc`,
      asked: (userId: string) => asked.filter(({ subject }) => subject === userId),
    },
    handOut,
    /** Opens a page of the site that is not the merchant's. */
    async openOther(path: string) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(url + path);
      return { page, devtools: await context.newCDPSession(page) };
    },
    /** Opens the merchant's page in one more tab. */
    openTab: (context: BrowserContext) => open(context),
    /**
     * A new user of a scenario, signed in, on the merchant's page.
     *
     * @param ownClock the page's clock can be moved on by `visit.page.clock`
     * @param withoutLocks an old browser, which lacks `navigator.locks`
     */
    async arrive(scenario: Scenario, { path = '/', ownClock = false, withoutLocks = false } = {}) {
      const user = persona.newUser(scenario);
      const context = await browser.newContext();
      if (ownClock) await context.clock.install();
      if (withoutLocks) await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
      const withGate = (visit: Visit) => ({
        ...visit,
        user,
        /** The gate of this user, asking as often as it lets itself be told to. */
        showGate: (props: Record<string, unknown> = {}, more: Partial<Shown> = {}) =>
          visit.show({ ...visit.gateOf(user, { polling: { pollMs: 800, maxPollMs: 800 }, ...props }), ...more }),
      });
      const visit = await open(context, path);
      await visit.signIn(user);
      return {
        ...withGate(visit),
        /** The same page, of the same user, in one more tab. */
        openTab: async () => withGate(await open(context, path)),
      };
    },
    async close() {
      await browser.close();
      await Promise.all([closeServer(site), closeServer(apartServer)]);
      await services.close();
    },
    /** What the services saw of one user, oldest first. */
    log: (userId: string): LogEntry[] => simulator.log.filter((entry) => entry.userKey === userKeyOf(userId)),
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

export type Visit = Awaited<ReturnType<typeof openPage>>;

async function openPage(context: BrowserContext, url: string, path = '/') {
  const page: Page = await context.newPage();
  const consoleLines: string[] = [];
  const consolePlaces: string[] = [];
  page.on('console', (message) => {
    consoleLines.push(message.text());
    consolePlaces.push(message.location().url);
  });
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  const requests: string[] = [];
  const addresses: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/')) requests.push(request.method());
    // What Coinflow's page asks for is its own; so is where the host page sends it.
    if (request.frame() === page.mainFrame()) addresses.push(request.url(), request.headers().referer ?? '');
  });
  await page.goto(url + path);
  // Else Playwright has every page believe that it has the focus.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const gate = page.locator('[data-kyc-gate]');
  const traces = async (): Promise<Traces> => ({
    // The merchant's page is not all that a tab goes to.
    ...(await page.evaluate(() => ('merchant' in window ? window.merchant.traces() : {}))),
    'what the page was told': JSON.stringify(
      await page.evaluate(() => ('merchant' in window ? [window.merchant.events, window.merchant.states] : [])),
    ),
    console: consoleLines.join('\n'),
    'a console line’s address': consolePlaces.join('\n'),
    'page errors': pageErrors.join('\n'),
    'a request’s address': addresses.join('\n'),
  });
  return {
    page,
    context,
    gate,
    console: consoleLines,
    pageErrors,
    signIn: (userId: string) => context.addCookies([{ name: 'user', value: userId, url, httpOnly: true }]),
    signOut: () => context.clearCookies(),
    show: (shown: Shown | null) => page.evaluate((it) => window.merchant.show(it), shown),
    /** Props for the common case. */
    gateOf: (userId: string | null, props: Record<string, unknown> = {}): Shown => ({
      props: { endpoint: '/api/kyc', subject: userId, withdraw: { merchantId: 'acme', env: 'local' }, ...props },
    }),
    state: () => gate.getAttribute('data-kyc-gate'),
    events: () => page.evaluate(() => window.merchant.events),
    states: () => page.evaluate(() => window.merchant.states),
    frames: () => page.evaluate(() => window.merchant.frames),
    heading: (name: string) => page.getByRole('heading', { name, exact: true }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    /** Waits until the page has told an event, the `times`th of its kind. */
    hears: (event: string, times = 1) =>
      page.waitForFunction(
        ([it, count]) => window.merchant.events.filter((heard) => heard === it).length >= count,
        [event, times] as const,
        { timeout: 20_000 },
      ),
    /** Methods of what the page has asked of the backend up to now. */
    async asked(): Promise<readonly string[]> {
      // Whatever the page sent before this is reported before it.
      await page.evaluate(() => fetch('/').then(String, String));
      return [...requests];
    },
    /** Does something in another tab, and comes back: the window loses the focus and gets it again. */
    async elsewhere(act: () => unknown): Promise<void> {
      const tab = await context.newPage();
      await tab.bringToFront();
      await page.waitForFunction(() => !document.hasFocus());
      await act();
      await tab.close();
      await page.bringToFront();
    },
    /** Headless Chromium never hides a tab, so this says it in the browser's place. */
    setVisibility: (visibility: DocumentVisibilityState) =>
      page.evaluate((it) => {
        Object.defineProperty(document, 'visibilityState', { value: it, configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }, visibility),
    /** Everything this page has held and said, by place. */
    traces,
    /** The same of every page that stood in this tab. */
    allTraces: keepTraces(page, traces),
    /** Lines of the gate's own in the console. */
    told: () => consoleLines.filter((line) => line.startsWith('kyc-reuse-gate:')),
    /** The body of Coinflow's page, inside its frame. */
    form: page.frameLocator('iframe').locator('body'),
    close: () => context.close(),
  };
}

function textOf(response: Response): Promise<string> {
  return response.clone().text();
}

function addressOf(server: Awaited<ReturnType<typeof serveOn>>): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return `http://localhost:${address.port}`;
}
