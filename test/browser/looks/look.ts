import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject, test } from 'vitest';
import { launchBrowser } from '../../../scripts/launchBrowser';
import { closeServer, serveOn } from '../../../simulator';

interface PageOptions extends BrowserContextOptions {
  /** The Content-Security-Policy that the page is served under. */
  readonly policy?: string;
  /** What a server rendered into the page's root. */
  readonly markup?: string;
  /** Coinflow's page, stood in for by this document. @default one that says it has loaded */
  readonly form?: string;
  /** The page's clock can be moved on by `page.clock`. */
  readonly ownClock?: boolean;
  /** The page's date stands still, so that two pictures can be the same. */
  readonly stillDate?: boolean;
}

type Open = (options?: PageOptions) => Promise<Page>;

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };
const loadedForm = `<!doctype html><title>Form</title><script>parent.postMessage('{"method":"loaded"}', '*')</script>`;

/** A test of the gate's look, on a page that can hold it in any state (`window.look`). */
export const look = test.extend<{ site: Site; open: Open }>({
  site: [
    async ({}, provide) => {
      const site = await openSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ site }, provide) => {
    const pages: Page[] = [];
    await provide(
      async ({ policy = '', markup = '', form = loadedForm, ownClock = false, stillDate = false, ...options } = {}) => {
        const context = await site.browser.newContext({ viewport: { width: 480, height: 720 }, ...options });
        if (ownClock) await context.clock.install();
        if (stillDate) await context.clock.setFixedTime('2026-01-01T12:00:00Z');
        await context.route('http://localhost:3000/**', (route) =>
          route.fulfill({ contentType: 'text/html', body: form }),
        );
        // Before anything can be reported.
        await context.addInitScript(() => {
          const reports: string[] = [];
          Object.assign(window, { reports });
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
            reports.push(`${effectiveDirective} ${blockedURI} ${sample}`),
          );
        });
        const page = await context.newPage();
        pages.push(page);
        site.serve({ policy, markup });
        await page.goto(site.url);
        await page.waitForFunction(() => window.look);
        return page;
      },
    );
    await Promise.all(pages.map((page) => page.context().close()));
  },
});

type Site = Awaited<ReturnType<typeof openSite>>;

async function openSite() {
  const folder = inject('pageFolder');
  let served = { policy: '', markup: '' };
  const server = await serveOn(
    async (request) => {
      const { pathname } = new URL(request.url);
      const headers = { 'content-security-policy': served.policy };
      if (pathname === '/') {
        const html = await readFile(join(folder, 'look.html'), 'utf8');
        return new Response(html.replace('<div id="root">', `$&${served.markup}`), {
          headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
        });
      }
      return readFile(join(folder, pathname)).then(
        (content) =>
          new Response(new Uint8Array(content), {
            headers: { 'content-type': types[extname(pathname)] ?? 'application/octet-stream' },
          }),
        () => new Response('Not found', { status: 404 }),
      );
    },
    0,
    'the page of held gates',
  );
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const browser: Browser = await launchBrowser(inject('browserPath'));
  return {
    browser,
    url: `http://localhost:${address.port}/`,
    serve: (next: typeof served) => void (served = next),
    async close() {
      await browser.close();
      await closeServer(server);
    },
  };
}
