import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeServer, createSimulator, listen, type Scenario, serveOn, userKeyOf } from '../../simulator';
import { userKeyOfApplicant, userKeyOfInquiry } from '../../simulator/userKeys';
import { createMerchant } from '../merchant';
import { createRandom, type Random } from './createRandom';
import { calm, drawFate, pass, type Weather } from './network';

/** Between the browser and the merchant's backend. */
export const browserWeather: Weather = { cut: 0.3, failed: 0.1, maxDelayMs: 3_000 };

/** Between the backend and Coinflow, Persona and Sumsub. */
export const providerWeather: Weather = { cut: 0.15, failed: 0.1, maxDelayMs: 1_000 };

/** Every so many share tokens on their way to Coinflow, all its services and the vendors' are killed, and come back after at most this time. What they stored stays. */
const tokensPerKill = 10;
const maxDownMs = 3_000;

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** One user among the weather. */
interface Traveller {
  readonly random: Random;
  isCalm: boolean;
  /** Registrations under way at the backend, and at Coinflow. */
  atBackend: number;
  atCoinflow: number;
  /** What may make a second registration right: answers of a first one that got lost. */
  lost: number;
  /** A page that was reloaded while it registered lets go of its lock, and asks again. */
  hasReloaded: boolean;
}

/**
 * A merchant's site and backend and the simulated services, all over HTTP and in bad weather.
 *
 * @param folder of the built page
 */
export async function openChaos(folder: string, seed: number) {
  const simulator = createSimulator();
  const random = createRandom(seed);
  const travellers = new Map<string, Traveller>();
  const breaches: string[] = [];
  const tokens = new Set<string>();
  let onTheWay = 0;
  let kills = 0;
  /** Of the services that listen now; one that was killed processes nothing any more. */
  let life = 0;
  let restart: Promise<void> = Promise.resolve();

  const services = {
    ...simulator,
    coinflow: behindWeather((request) => request.headers.get('x-coinflow-auth-user-id') ?? '', simulator.coinflow),
    persona: behindWeather((_, body) => userKeyOfInquiry(/inq_[\w-]+/.exec(body)?.[0] ?? ''), simulator.persona),
    sumsub: behindWeather(
      (_, body) => userKeyOfApplicant(/"applicantId":"(\w+)"/.exec(body)?.[1] ?? ''),
      simulator.sumsub,
    ),
  };
  let listening = await listen(services, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  const { urls } = listening;
  const portOf = (url: string) => Number(new URL(url).port);

  function behindWeather(
    userOf: (request: Request, body: string) => string,
    service: typeof simulator.coinflow,
  ): typeof simulator.coinflow {
    return async (request, cut = () => {}) => {
      const body = await request.clone().text();
      const userId = userOf(request, body).replace(/^user:/, '');
      const traveller = known(userId);
      const isRegistration = request.url.endsWith('/kyc/share-token');
      const fate = traveller.isCalm ? calm : drawFate(traveller.random, providerWeather);
      const born = life;
      if (!isRegistration)
        return pass(
          fate,
          () => service(request, cut),
          cut,
          () => life !== born,
        );
      if (++traveller.atCoinflow > 1) breaches.push(`${userId}: two registrations at Coinflow at a time`);
      if (fate.end !== 'answered') traveller.lost++;
      const token = /"shareToken":"([^"]+)"/.exec(body)?.[1] ?? '';
      if (tokens.has(token)) breaches.push(`${userId}: a share token was sent twice`);
      tokens.add(token);
      const isLast = ++onTheWay % tokensPerKill === tokensPerKill / 2;
      if (isLast) setTimeout(kill, random.between(0, 400));
      const leave = () => {
        if (life === born) traveller.atCoinflow--;
        return cut();
      };
      const response = await pass(
        isLast ? { ...fate, delayMs: 200 } : fate,
        () => service(request, cut),
        leave,
        () => life !== born,
      );
      // The half of an answer leaves when it is cut.
      if (fate.end !== 'cutInBody' && life === born) traveller.atCoinflow--;
      return response;
    };
  }

  function kill(): void {
    restart = restart.then(async () => {
      kills++;
      life++;
      for (const traveller of travellers.values()) {
        if (traveller.atCoinflow > 0) traveller.lost++;
        traveller.atCoinflow = 0;
      }
      await listening.close();
      await wait(random.between(500, maxDownMs));
      listening = await listen(services, {
        coinflow: portOf(urls.coinflow),
        persona: portOf(urls.persona),
        sumsub: portOf(urls.sumsub),
        page: portOf(urls.page),
      });
    });
  }

  const merchants = {
    persona: createMerchant({ simulator, urls }),
    sumsub: createMerchant({ simulator, urls, vendor: 'sumsub' }),
  };

  async function backend(request: Request, cut: () => void): Promise<Response> {
    const url = new URL(request.url);
    const userId = /user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
    const traveller = known(userId);
    if (url.searchParams.get('subject') !== userId)
      breaches.push(`${userId}: something was asked about ${url.searchParams.get('subject')}`);
    const isRegistration = request.method === 'POST';
    const fate = traveller.isCalm ? calm : drawFate(traveller.random, browserWeather);
    const answer = () => merchants[url.pathname === '/api/kyc-sumsub' ? 'sumsub' : 'persona'].handle(request);
    if (!isRegistration) return pass(fate, answer, cut);
    if (++traveller.atBackend > 1 && !traveller.hasReloaded)
      breaches.push(`${userId}: two registrations at the backend at a time`);
    if (fate.end !== 'answered') traveller.lost++;
    const leave = () => {
      traveller.atBackend--;
      return cut();
    };
    const response = await pass(fate, answer, leave);
    if (fate.end !== 'cutInBody') traveller.atBackend--;
    return response;
  }

  function known(userId: string): Traveller {
    const traveller = travellers.get(userId);
    if (!traveller) throw new Error(`Nobody knows the user "${userId}".`);
    return traveller;
  }

  const site = await serveOn(
    async (request, cut = () => {}) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/api/')) return backend(request, cut);
      const file = pathname === '/' ? 'index.html' : pathname;
      return new Response(new Uint8Array(await readFile(join(folder, file))), {
        headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream' },
      });
    },
    0,
    'the merchant site',
  );

  return {
    url: `http://localhost:${(site.address() as AddressInfo).port}`,
    payoutPort: portOf(urls.page),
    /** A new user of a scenario, in bad weather. */
    arrive(scenario: Scenario, own: Random): string {
      const userId = merchants.persona.newUser(scenario);
      travellers.set(userId, { random: own, isCalm: false, atBackend: 0, atCoinflow: 0, lost: 0, hasReloaded: false });
      return userId;
    },
    /** From now on every request of this user is answered at once; only kills go on. */
    becomeCalm: (userId: string) => void (known(userId).isCalm = true),
    noteReload: (userId: string) => Object.assign(known(userId), { hasReloaded: true, lost: known(userId).lost + 1 }),
    lostOf: (userId: string) => known(userId).lost,
    giveInput: (userId: string) => simulator.giveInput(userKeyOf(userId)),
    log: (userId: string) => simulator.log.filter(({ userKey }) => userKey === userKeyOf(userId)),
    /** Breaches seen outside the browser. */
    breaches,
    killed: () => kills,
    async close() {
      await restart;
      await listening.close();
      await closeServer(site);
    },
  };
}

export type Chaos = Awaited<ReturnType<typeof openChaos>>;
