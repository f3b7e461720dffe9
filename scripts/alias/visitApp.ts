import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { closeServer, createSimulator, listen, serveOn } from '../../simulator';
import { createMerchant } from '../../test/merchant';
import { launchBrowser } from '../launchBrowser';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** What came of a click on one of the page's buttons. */
export interface Outcome {
  /** Paths of the scripts that the page had loaded before, and of those it loaded after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Addresses asked for by frames. */
  readonly frames: readonly string[];
  /** Whom the payout page was opened for; `undefined` where it was not opened. */
  readonly openedFor: string | null | undefined;
  /** `code: message` of the gate's failure, or nothing. */
  readonly failure: string;
  readonly user: string;
}

/** A browser, and the simulated services behind every merchant it visits. */
export async function openVisits(browserPath: string) {
  const simulator = createSimulator();
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  const merchant = createMerchant({ simulator, urls: services.urls });
  const browser = await launchBrowser(browserPath, Number(new URL(services.urls.page).port));
  return {
    /** Serves a built app, opens it as a user whom Coinflow knows, and presses a button. */
    async visit(folder: string, button: string): Promise<Outcome> {
      const site = await serveOn(
        (request) =>
          new URL(request.url).pathname === '/api/kyc' ? merchant.handle(request) : fileOf(folder, request),
        0,
        'the app',
      );
      try {
        const url = `http://localhost:${(site.address() as AddressInfo).port}`;
        return await press(browser, url, merchant.newUser('returning'), button);
      } finally {
        await closeServer(site);
      }
    },
    async close(): Promise<void> {
      await browser.close();
      await services.close();
    },
  };
}

async function press(browser: Browser, url: string, user: string, button: string): Promise<Outcome> {
  const context = await browser.newContext();
  try {
    await context.addCookies([{ name: 'user', value: user, url }]);
    const page = await context.newPage();
    const loaded: string[] = [];
    const frames: string[] = [];
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(url);
      if (isOwn && request.resourceType() === 'script')
        loaded.push(decodeURI(new URL(request.url()).pathname).slice(1));
      if (!isOwn && request.isNavigationRequest()) frames.push(request.url());
    });
    await page.goto(`${url}/?user=${user}`, { waitUntil: 'networkidle' });
    const before = [...new Set(loaded)];
    await page.getByRole('button', { name: button }).click();
    const openedFor = await outcomeOf(page);
    return {
      before,
      after: [...new Set(loaded)].filter((path) => !before.includes(path)),
      frames,
      openedFor,
      failure: await page.locator('output').innerText(),
      user,
    };
  } finally {
    await context.close();
  }
}

/** Waits until the gate has opened or failed. */
async function outcomeOf(page: Page): Promise<string | null | undefined> {
  const frame = page.locator('iframe');
  await frame.or(page.locator('output:not(:empty)')).first().waitFor({ state: 'attached', timeout: 30_000 });
  if ((await frame.count()) === 0) return undefined;
  return page.frameLocator('iframe').locator('body[data-withdraw-user]').getAttribute('data-withdraw-user');
}

function fileOf(folder: string, request: Request): Promise<Response> {
  const path = decodeURI(new URL(request.url).pathname);
  const file = path === '/' ? 'index.html' : path;
  return readFile(join(folder, file)).then(
    (content) =>
      new Response(new Uint8Array(content), {
        headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream' },
      }),
    () => new Response('Not found', { status: 404 }),
  );
}
