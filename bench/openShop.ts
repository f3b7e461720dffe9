import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { closeServer, createSimulator, listen, serveOn, userKeyOf } from '../simulator';
import { createKitBackend, kycUser, userOf } from './backends/kitBackend';
import { createLimitBackend } from './backends/limitBackend';
import { createPlainBackend } from './backends/plainBackend';
import type { BuiltPage } from './buildPage';

/** A request that reached the shop's own site. */
export interface SiteRequest {
  /** Wall clock, ms. */
  readonly at: number;
  readonly userId: string;
  readonly kind: 'page' | 'file' | 'GET' | 'POST' | 'session key';
}

/** What a shop is opened with. */
export interface ShopOptions {
  /** By the first part of a path: `/guide/` is the page `guide`. */
  readonly pages: ReadonlyMap<string, BuiltPage>;
  /** Pages that are told what the server has read of their user. */
  readonly withRecord?: ReadonlySet<string>;
  readonly redemptionMs: number;
}

/**
 * The site, its three backends and the simulated services, on free ports of this machine. The browser is told where Coinflow's page is, so that `env="local"`, which
 * is fixed to port 3000, needs no port of its own either.
 */
export async function openShop({ pages, withRecord, redemptionMs }: ShopOptions) {
  const simulator = createSimulator({ personaRedemptionMs: redemptionMs });
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  const kit = await createKitBackend(simulator, services.urls);
  const plain = createPlainBackend(simulator, services.urls);
  const limit = createLimitBackend(simulator, plain);
  const backends: Record<string, (request: Request, userId: string) => Promise<Response>> = {
    '/api/plain': plain,
    '/api/kit': (request) => kit(request),
    '/api/limit': limit,
  };
  const log: SiteRequest[] = [];
  const network = { latencyMs: 0 };
  let visitors = 0;

  /**
   * Half the latency on either side. Chromium counts the latency it plays from the moment a request is sent, so that a backend that works for longer would hide it: a
   * held answer would travel in no time.
   */
  async function atDistance(answer: () => Promise<Response>): Promise<Response> {
    const halfMs = network.latencyMs / 2;
    if (halfMs > 0) await wait(halfMs);
    const response = await answer();
    if (halfMs > 0) await wait(halfMs);
    return response;
  }

  async function answerPage(name: string, file: string, userId: string): Promise<Response> {
    const served = pages.get(name)?.get(file);
    if (!served) return new Response('Not found', { status: 404 });
    const headers = { 'content-type': served.type, 'cache-control': 'no-store' };
    if (file === 'index.html' && withRecord?.has(name)) {
      const record = JSON.stringify(await kit.readInitialRecord(kycUser(userId)));
      const script = `<head><script>window.initialRecord = ${record.replaceAll('<', '\\u003c')};</script>`;
      return new Response(served.text.replace('<head>', script), { headers });
    }
    return new Response(served.content, { headers: { ...headers, 'content-encoding': 'gzip' } });
  }

  const site = await serveOn(
    (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const userId = userOf(request);
      const note = (kind: SiteRequest['kind']) => void log.push({ at: Date.now(), userId, kind });
      const backend = backends[pathname];
      if (backend) {
        note(searchParams.has('session') ? 'session key' : request.method === 'POST' ? 'POST' : 'GET');
        return atDistance(() => backend(request, userId));
      }
      const [, name = '', ...rest] = pathname.split('/');
      const file = rest.join('/') || 'index.html';
      note(file === 'index.html' ? 'page' : 'file');
      const answer = () => answerPage(name, file, userId);
      return file === 'index.html' ? atDistance(answer) : answer();
    },
    0,
    'the bench’s site',
  );
  const { port } = site.address() as AddressInfo;

  return {
    url: `http://localhost:${port}`,
    /** Of Coinflow's page. */
    payoutPort: Number(new URL(services.urls.page).port),
    /** Latency that answers are given beside what the browser plays. */
    network,
    /** A user nobody has met before. */
    newUser(kind: 'first' | 'returning'): string {
      const userId = `${kind}-${++visitors}`;
      simulator.setScenario(userKeyOf(userId), kind === 'first' ? 'firstTime' : 'returning');
      return userId;
    },
    /** What the site was asked for by one user, oldest first. */
    log: (userId: string): readonly SiteRequest[] => log.filter((entry) => entry.userId === userId),
    /** When Coinflow's page was asked for, each time, wall-clock ms. @throws {Error} where it was asked for before Coinflow had a record */
    openings(userId: string): readonly number[] {
      const opened = simulator.log.filter(
        ({ service, userKey }) => service === 'page' && userKey === userKeyOf(userId),
      );
      if (opened.some(({ recordExisted }) => !recordExisted))
        throw new Error(`${userId}: the form was opened before there was a record.`);
      return opened.map(({ at }) => at);
    },
    async close(): Promise<void> {
      await closeServer(site);
      await services.close();
    },
  };
}

/** An open shop. */
export type Shop = Awaited<ReturnType<typeof openShop>>;
