import { Hono } from 'hono';
import { coinflowApp, type Notes } from './coinflowApp';
import { type Fault, faultyAnswer, takeFault } from './faults';
import { personaApp } from './personaApp';
import type { Scenario } from './scenarios';
import { sumsubApp } from './sumsubApp';
import {
  type KycChange,
  type LogEntry,
  type SimulatedUser,
  type SimulatorConfig,
  tellChange,
  type World,
} from './World';
import { withdrawerOf } from './withdrawerOf';
import { withdrawPage } from './withdrawPage';

/** One simulated service: an app to call in-process, or to serve. `cut` closes the connection without an answer, where there is one. */
export type Service = (request: Request, cut?: () => void) => Promise<Response>;

/** Coinflow, Persona, Sumsub and Coinflow's withdraw page, over one world. */
export interface Simulator {
  readonly config: SimulatorConfig;
  readonly coinflow: Service;
  readonly persona: Service;
  readonly sumsub: Service;
  readonly page: Service;
  /** Every request, in the order in which it was answered. */
  readonly log: readonly LogEntry[];
  /** Puts a user at the beginning of a scenario. @param userKey `user:<id>` or `<blockchain>:<wallet>` */
  setScenario(userKey: string, scenario: Scenario): void;
  /** The user gives what `needsInput` asked for. */
  giveInput(userKey: string): void;
  /** Calls back with everything that Coinflow tells by webhook: see `sendWebhooks`. @returns ends it */
  onChange(listener: (change: KycChange) => void): () => void;
  /** Makes something go wrong; the last one injected is the first one used. */
  inject(fault: Fault): void;
  clearFaults(): void;
  /** Forgets users, tokens, faults and the log. */
  reset(): void;
}

/** Scenarios in which Coinflow has a record before anybody registers. */
const withRecord: ReadonlySet<Scenario> = new Set(['returning', 'rejected', 'expired', 'blocked', 'blockedThenSilent']);

/** Creates a simulator. Every key has a default, so that it runs without any configuration. */
export function createSimulator(options: Partial<SimulatorConfig> = {}): Simulator {
  const config: SimulatorConfig = {
    merchantId: 'acme',
    apiKey: 'coinflow_simulated_key',
    personaApiKey: 'persona_simulated_key',
    personaConnectionId: 'cxn_simulated',
    sumsubAppToken: 'sbx:simulated',
    sumsubSecretKey: 'sumsub_simulated_secret',
    sumsubClientId: 'coinflow_simulated_client',
    personaRedemptionMs: 2_000,
    sumsubRedemptionMs: 0,
    now: () => Date.now(),
    ...options,
  };
  const world: World = {
    config,
    users: new Map(),
    tokens: new Map(),
    sessionKeys: new Map(),
    idempotent: new Map(),
    faults: [],
    log: [],
    changeListeners: new Set(),
  };

  function userOf(userKey: string): SimulatedUser {
    const known = world.users.get(userKey);
    if (known) return known;
    const user = newUser('firstTime');
    world.users.set(userKey, user);
    return user;
  }

  function newUser(scenario: Scenario): SimulatedUser {
    const record = withRecord.has(scenario)
      ? { readableAt: config.now(), vendor: 'persona', origin: 'existing' as const, reads: 0 }
      : undefined;
    return { scenario, record, inputGiven: false, requests: [], registrations: [], misses: [] };
  }

  const page = new Hono<{ Variables: { notes: Notes; silent: boolean } }>();
  page.get('/:blockchain/withdraw/:merchantId', (c) => {
    const { sessionKey, pubkey, email, amount, theme, useHeightChange } = c.req.query();
    if (c.req.param('merchantId') !== config.merchantId) return c.text('Unknown merchant', 404);
    const known = sessionKey === undefined ? undefined : world.sessionKeys.get(sessionKey);
    const session = known && known.expiresAt > config.now() ? known : undefined;
    const userKey = session?.userKey ?? (pubkey === undefined ? undefined : `${c.req.param('blockchain')}:${pubkey}`);
    const user = userKey === undefined ? undefined : world.users.get(userKey);
    const answer = userKey === undefined || user === undefined ? undefined : withdrawerOf(world, userKey, user);
    const recordExisted = answer !== undefined;
    Object.assign(c.get('notes'), { recordExisted, ...(userKey !== undefined && { userKey }) });
    return c.html(
      withdrawPage({
        merchantId: c.req.param('merchantId'),
        userKey,
        recordExisted,
        standing: answer?.standing,
        email,
        amount,
        heightChangeId: useHeightChange,
        silent: c.get('silent'),
        theme,
      }),
    );
  });

  function serve(
    service: LogEntry['service'],
    app: { fetch: (request: Request, env?: unknown) => Response | Promise<Response> },
  ): Service {
    return async (request, cut) => {
      const { pathname: path } = new URL(request.url);
      const { method } = request;
      const notes: Notes = {};
      const named = request.headers.get('x-coinflow-auth-user-id');
      const fault = takeFault(world.faults, {
        service,
        method,
        path,
        userKey: named === null ? undefined : `user:${named}`,
      });
      const at = config.now();
      const write = (status: number) =>
        world.log.push({
          seq: world.log.length + 1,
          at,
          service,
          method,
          path,
          status,
          ...(named !== null && { userKey: `user:${named}` }),
          ...notes,
        });
      const processed = () => Promise.resolve(app.fetch(request, { notes, silent: fault?.kind === 'silent' }));
      if (!fault) {
        const response = await processed();
        write(response.status);
        return response;
      }
      const real = fault.afterProcessing ? await processed() : undefined;
      if (real) write(real.status);
      else if (fault.kind === 'drop' || fault.kind === 'hang') write(0);
      const faulty = await faultyAnswer(fault.kind, cut);
      const response = faulty ?? real ?? (await processed());
      if (fault.kind === 'refuseFrame') response.headers.set('x-frame-options', 'DENY');
      if (!real) write(response.status);
      return response;
    };
  }

  /** Hands the notes of a request to an app's handlers. */
  function fit(app: unknown): Hono {
    const outer = new Hono<{
      Bindings: { notes: Notes; silent: boolean };
      Variables: { notes: Notes; silent: boolean };
    }>();
    outer.use(async (c, next) => {
      c.set('notes', c.env.notes);
      c.set('silent', c.env.silent);
      await next();
    });
    outer.route('/', app as typeof outer);
    return outer as unknown as Hono;
  }

  return {
    config,
    coinflow: serve('coinflow', fit(coinflowApp(world, userOf))),
    persona: serve('persona', fit(personaApp(world, userOf))),
    sumsub: serve('sumsub', fit(sumsubApp(world, userOf))),
    page: serve('page', fit(page)),
    log: world.log,
    setScenario: (userKey, scenario) => void world.users.set(userKey, newUser(scenario)),
    giveInput(userKey) {
      const user = userOf(userKey);
      user.inputGiven = true;
      const at = config.now();
      const isReadable = user.record !== undefined && user.record.readableAt <= at;
      if (isReadable && user.scenario === 'needsInput')
        tellChange(world, { userKey, eventType: 'KYC Success', email: 'avery@example.com', at });
    },
    onChange(listener) {
      world.changeListeners.add(listener);
      return () => world.changeListeners.delete(listener);
    },
    inject: (fault) => void world.faults.unshift(fault),
    clearFaults: () => void world.faults.splice(0),
    reset() {
      for (const map of [world.users, world.tokens, world.sessionKeys, world.idempotent]) map.clear();
      world.faults.splice(0);
      world.log.splice(0);
    },
  };
}
