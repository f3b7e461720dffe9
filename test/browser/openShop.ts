import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchBrowser } from '../../scripts/launchBrowser';
import { closeServer, createSimulator, listen, type LogEntry, type Scenario, serveOn, userKeyOf } from '../../simulator';
import { createMerchant } from '../merchant';
import type { Shown } from './page/main';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Answers of endpoints that are not the contract. */
const bad: Record<string, () => Response> = {
  html: () => new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }),
  nothing: () => new Response(null),
  '10mb': () => Response.json({ withdrawer: 'x'.repeat(10_000_000) }),
  shape: () => Response.json({ ok: true, withdrawer: { verification: 'approved' } }),
  missing: () => new Response('<!doctype html><title>Not found</title>', { status: 404, headers: { 'content-type': 'text/html' } }),
  redirect: () => new Response(null, { status: 302, headers: { location: '/login' } }),
};

/** Addresses of the merchant's page, with the Content-Security-Policy each is served under. */
const pages: Record<string, string | undefined> = { '/': undefined, '/framing-nothing': "frame-src 'self'" };

/** A merchant's site and backend on real HTTP, over the simulated services on real HTTP, and a browser to visit it with. */
export async function openShop() {
  const simulator = createSimulator();
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  const { urls } = services;
  const persona = createMerchant({ simulator, urls });
  const sumsub = createMerchant({ simulator, urls, vendor: 'sumsub' });
  const throwing = createMerchant({
    simulator,
    urls,
    handler: {
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
    '/api/share-token': async (request) => Response.json(await handOut(/user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '')),
  };
  const folder = inject('pageFolder');
  const backend = { isDown: false };
  const site = await serveOn(
    async (request, cut) => {
      const { pathname } = new URL(request.url);
      const answer = api[pathname] ?? bad[pathname.replace('/bad/', '')];
      if (answer && backend.isDown) {
        cut?.();
        return new Promise<never>(() => {});
      }
      if (answer) return answer(request);
      const policy = pages[pathname];
      const file = pathname in pages ? 'index.html' : pathname;
      return readFile(join(folder, file)).then(
        (content) =>
          new Response(new Uint8Array(content), {
            headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...(policy && { 'content-security-policy': policy }) },
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
  const apart = createMerchant({ simulator, urls, handler: { allowedOrigins: [url] } });
  const apartServer = await serveOn(
    (request) => {
      asked.push({ subject: new URL(request.url).searchParams.get('subject'), method: request.method, origin: request.headers.get('origin') });
      return apart.handle(request);
    },
    0,
    'the backend on another port',
  );
  const browser = await launchBrowser(inject('browserPath'), Number(new URL(urls.page).port));

  return {
    simulator,
    merchant: persona,
    url,
    /** While it is down, connections to it are cut without an answer. */
    backend,
    /** The same backend on another port; the merchant's site is among its `allowedOrigins`. */
    apart: { endpoint: `${addressOf(apartServer)}/api/kyc`, asked: (userId: string) => asked.filter(({ subject }) => subject === userId) },
    handOut,
    /** Opens the merchant's page in one more tab. */
    openTab: (context: BrowserContext) => openPage(context, url),
    /**
     * A new user of a scenario, signed in, on the merchant's page.
     *
     * @param ownClock the page's clock can be moved on by `visit.page.clock`
     */
    async arrive(scenario: Scenario, { path = '/', ownClock = false } = {}) {
      const user = persona.newUser(scenario);
      const context = await browser.newContext();
      if (ownClock) await context.clock.install();
      const visit = await openPage(context, url, path);
      await visit.signIn(user);
      return {
        ...visit,
        user,
        /** The gate of this user, asking as often as it lets itself be told to. */
        showGate: (props: Record<string, unknown> = {}, more: Partial<Shown> = {}) =>
          visit.show({ ...visit.gateOf(user, { polling: { pollMs: 800, maxPollMs: 800 }, ...props }), ...more }),
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
  page.on('console', (message) => consoleLines.push(message.text()));
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  const requests: string[] = [];
  page.on('request', (request) => request.url().includes('/api/') && requests.push(request.method()));
  await page.goto(url + path);
  // Else Playwright has every page believe that it has the focus.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const gate = page.locator('[data-kyc-gate]');
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
    gateOf: (userId: string, props: Record<string, unknown> = {}): Shown => ({
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
      page.waitForFunction(([it, count]) => window.merchant.events.filter((heard) => heard === it).length >= count, [event, times] as const, { timeout: 20_000 }),
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
    /** Lines of the gate's own in the console. */
    told: () => consoleLines.filter((line) => line.startsWith('kyc-reuse-gate:')),
    /** The body of Coinflow's page, inside its frame. */
    form: page.frameLocator('iframe').locator('body'),
    close: () => context.close(),
  };
}

function addressOf(server: Awaited<ReturnType<typeof serveOn>>): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return `http://localhost:${address.port}`;
}
