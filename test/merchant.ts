import {
  createKycReuseHandler,
  type KycReuseHandlerOptions,
  type KycUser,
  personaShareTokens,
  type ShareToken,
  sumsubShareTokens,
} from '../src/server';
import { applicantIdFor, createSimulator, inquiryIdFor, type Scenario, type Simulator, userKeyOf } from '../simulator';

/** Where the simulated services are; in-process the addresses only have to look right. */
export interface Upstreams {
  readonly coinflow: string;
  readonly persona: string;
  readonly sumsub: string;
}

interface MerchantOptions {
  readonly simulator?: Simulator;
  readonly vendor?: 'persona' | 'sumsub';
  /** Real servers; without them the services are called in-process. */
  readonly urls?: Upstreams;
  readonly handler?: Partial<KycReuseHandlerOptions>;
  readonly coinflow?: Partial<KycReuseHandlerOptions['coinflow']>;
}

const inProcess: Upstreams = {
  coinflow: 'https://coinflow.test',
  persona: 'https://persona.test',
  sumsub: 'https://sumsub.test',
};

let users = 0;

/** A merchant's backend on the kit, over the simulator. The signed-in user is whoever the `x-test-user` header names, or the `user` cookie. */
export function createMerchant({
  simulator = createSimulator(),
  vendor = 'persona',
  urls = inProcess,
  handler,
  coinflow,
}: MerchantOptions = {}) {
  const { config } = simulator;
  const isLocal = urls === inProcess;
  const shareTokens =
    vendor === 'persona'
      ? personaShareTokens({
          apiKey: config.personaApiKey,
          connectionId: config.personaConnectionId,
          inquiryId: (user) => idUnlessNothing(user, inquiryIdFor),
          baseUrl: `${urls.persona}/api/v1`,
          ...(isLocal && { fetch: simulator.persona }),
        })
      : sumsubShareTokens({
          appToken: config.sumsubAppToken,
          secretKey: config.sumsubSecretKey,
          forClientId: config.sumsubClientId,
          applicantId: (user) => idUnlessNothing(user, applicantIdFor),
          baseUrl: urls.sumsub,
          ...(isLocal && { fetch: simulator.sumsub }),
        });
  const withoutVerification = new Set<string>();
  function idUnlessNothing(user: KycUser, idFor: (userKey: string) => string): string | null {
    const userKey = userKeyOf(user.userId ?? '');
    return withoutVerification.has(userKey) ? null : idFor(userKey);
  }
  const handle = createKycReuseHandler({
    coinflow: {
      apiKey: config.apiKey,
      baseUrl: `${urls.coinflow}/api`,
      ...(isLocal && { fetch: simulator.coinflow }),
      ...coinflow,
    },
    authenticate: (request) => {
      const userId =
        request.headers.get('x-test-user') ?? /(?:^|; )user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
      return userId ? userById(userId) : null;
    },
    shareTokens,
    // Failures are asserted on the answers; a log line of each would only hide what matters.
    onError: () => {},
    ...handler,
  });

  return {
    simulator,
    handle,
    /** A user nobody has met before, at the beginning of a scenario. */
    newUser(scenario: Scenario): string {
      const userId = `u${++users}-${scenario}`;
      const userKey = userKeyOf(userId);
      simulator.setScenario(userKey, scenario);
      if (scenario === 'nothingToShare') withoutVerification.add(userKey);
      return userId;
    },
    /** A share token of a user, fresh from the vendor: what a merchant's own mobile SDK or page may hold. */
    async mint(userId: string): Promise<ShareToken> {
      const context = { attemptId: crypto.randomUUID(), signal: new AbortController().signal, leftMs: 10_000 };
      const token = await shareTokens(userById(userId), context);
      if (!token) throw new Error(`${userId} has nothing to share.`);
      return token;
    },
    /** What a browser sends, without a browser. */
    get: (userId: string, query = '') =>
      handle(
        new Request(`https://shop.test/api/kyc?subject=${encodeURIComponent(userId)}${query}`, {
          headers: { 'x-test-user': userId },
        }),
      ),
    post: (userId: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      handle(
        new Request(`https://shop.test/api/kyc?subject=${encodeURIComponent(userId)}`, {
          method: 'POST',
          headers: { 'x-test-user': userId, 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    /** Requests of one user that reached a service. */
    requests: (userId: string, method: string, path = '') =>
      simulator.log.filter(
        (entry) => entry.userKey === userKeyOf(userId) && entry.method === method && entry.path.includes(path),
      ),
  };
}

function userById(userId: string): KycUser & { readonly userId: string } {
  return { userId, email: 'avery@example.com', country: 'US' };
}
