import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchBrowser } from '../../scripts/launchBrowser';
import { closeServer, createSimulator, listen, type LogEntry, serveOn, userKeyOf } from '../../simulator';
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

/** A merchant's site and backend on real HTTP, over the simulated services on real HTTP, and a browser to visit it with. */
export async function openShop() {
  const simulator = createSimulator();
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  const persona = createMerchant({ simulator, urls: services.urls });
  const sumsub = createMerchant({ simulator, urls: services.urls, vendor: 'sumsub' });
  const throwing = createMerchant({
    simulator,
    urls: services.urls,
    handler: {
      authenticate: () => {
        throw new Error('the session store is down');
      },
    },
  });
  const folder = inject('pageFolder');
  const site = await serveOn(
    async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/api/kyc') return persona.handle(request);
      if (pathname === '/api/kyc-sumsub') return sumsub.handle(request);
      if (pathname === '/api/kyc-throwing') return throwing.handle(request);
      const answer = bad[pathname.replace('/bad/', '')];
      if (answer) return answer();
      const file = pathname === '/' ? 'index.html' : pathname;
      return readFile(join(folder, file)).then(
        (content) => new Response(new Uint8Array(content), { headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream' } }),
        () => new Response('Not found', { status: 404 }),
      );
    },
    0,
    'the merchant site',
  );
  const address = site.address();
  if (typeof address !== 'object' || address === null) throw new Error('The merchant site has no port.');
  const url = `http://localhost:${address.port}`;
  const browser = await launchBrowser(inject('browserPath'), Number(new URL(services.urls.page).port));

  return {
    simulator,
    merchant: persona,
    url,
    browser,
    /** Opens the merchant's page in a fresh browser profile, signed in as nobody yet. */
    async visit() {
      const context = await browser.newContext();
      return openPage(context, url);
    },
    openPage: (context: BrowserContext) => openPage(context, url),
    async close() {
      await browser.close();
      await closeServer(site);
      await services.close();
    },
    /** What the services saw of one user, oldest first. */
    log: (userId: string): LogEntry[] => simulator.log.filter((entry) => entry.userKey === userKeyOf(userId)),
  };
}

export type Visit = Awaited<ReturnType<typeof openPage>>;

async function openPage(context: BrowserContext, url: string) {
  const page: Page = await context.newPage();
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(message.text()));
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await page.goto(url);
  const gate = page.locator('[data-kyc-gate]');
  return {
    page,
    context,
    gate,
    console: consoleLines,
    pageErrors,
    signIn: (userId: string) => context.addCookies([{ name: 'user', value: userId, url, httpOnly: true }]),
    show: (shown: Shown | null) => page.evaluate((it) => window.merchant.show(it), shown),
    /** Props for the common case. */
    gateOf: (userId: string, props: Record<string, unknown> = {}): Shown => ({
      props: { endpoint: '/api/kyc', subject: userId, withdraw: { merchantId: 'acme', env: 'local' }, ...props },
    }),
    state: () => gate.getAttribute('data-kyc-gate'),
    events: () => page.evaluate(() => window.merchant.events),
    frames: () => page.evaluate(() => window.merchant.frames),
    /** The body of Coinflow's page, inside its frame. */
    form: page.frameLocator('iframe').locator('body'),
    close: () => context.close(),
  };
}
