import { parseAnswer, saysAbsent, type WithdrawerRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import { KitError } from './answers';
import type { ReadBudget } from './budgets';
import { createMemoryStore } from './store';
import { checkRedirectLink, registrationBody, withdrawPath } from './redirectLink';
import { askUpstream, type Fetch, isHeaderText, NoAnswer, type UpstreamAnswer } from './upstream';
import { type KycUser, userHeaders, userKeyOf } from './users';

/** How the kit reaches Coinflow. */
export interface CoinflowOptions {
  /**
   * Your merchant API key. Sent as is in `Authorization`; must never reach a browser. Accepts an environment variable
   * that may be unset; a missing key throws at startup.
   */
  readonly apiKey: string | undefined;
  /** Coinflow's environment. Required unless `baseUrl` is given. */
  readonly env?: 'prod' | 'staging' | 'staging-live' | 'sandbox' | 'local';
  /**
   * Base URL of the API, including `/api`.
   * @default `https://api.coinflow.cash/api` for prod, `http://localhost:5000/api` for local,
   *   `https://api-{env}.coinflow.cash/api` otherwise
   */
  readonly baseUrl?: string;
  /** Longest wait for one answer from Coinflow, in ms. @default 10000 */
  readonly timeoutMs?: number;
  /**
   * Returns the end user's IP address, sent as `x-coinflow-client-ip`. Anything that isn't an IP address is left out.
   * Read it only from a header that your own proxy sets.
   * @default not sent
   */
  readonly clientIp?: (request: Request) => string | undefined;
  /**
   * Where users return to after they have completed a `verificationLink`: usually the page that holds the gate. https,
   * or http on this machine while you build. Coinflow gets it with every read, and with a registration from Sumsub.
   * @default Coinflow decides
   */
  readonly redirectLink?: string;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
}

/**
 * The part of Coinflow's API that the kit needs. After a 429 with `Retry-After`, the same request for the same user
 * fails with `rateLimited` until that time has passed.
 *
 * `request` is the browser's; its IP address is passed on. Without one, as in a server render, no address is sent.
 */
export interface Coinflow {
  /**
   * `GET /withdraw`.
   *
   * @param signal aborts the read; the request's own by default
   * @returns the record; `null` if there is none yet
   * @throws {KitError}
   */
  read(user: KycUser, request?: Request, signal?: AbortSignal): Promise<WithdrawerRecord | null>;
  /**
   * `POST /withdraw/kyc/share-token`.
   *
   * @param token provides the share token; not called while a limit applies
   * @returns the record in the answer; `null` if it holds none
   * @throws {KitError}
   */
  register(user: KycUser, token: () => Promise<ShareToken>, request?: Request): Promise<WithdrawerRecord | null>;
  /** `GET /auth/session-key`, by user id or by wallet and blockchain. @throws {KitError} */
  sessionKey(user: KycUser, request?: Request): Promise<string>;
}

/**
 * Creates the client for Coinflow's API.
 *
 * @param budget counts every read
 * @throws {TypeError} the API key is missing, or both `env` and `baseUrl` are
 */
export function createCoinflow(options: CoinflowOptions, budget: ReadBudget): Coinflow {
  const { apiKey = '', timeoutMs = 10_000, clientIp, redirectLink, fetch } = options;
  if (!isHeaderText(apiKey)) {
    throw new TypeError(
      'kyc-reuse-gate: `coinflow.apiKey` is empty or contains invalid characters. Pass your merchant API key, without "Bearer".',
    );
  }
  if (redirectLink !== undefined) checkRedirectLink(redirectLink);
  const base = baseUrlOf(options);
  /** When each limit ends, by `performance.now()`. */
  const limits = createMemoryStore<number>();

  async function ask(
    user: KycUser,
    path: string,
    {
      request,
      signal,
      bodyOf,
    }: {
      request?: Request | undefined;
      signal?: AbortSignal | undefined;
      bodyOf?: () => Promise<unknown>;
    },
  ): Promise<UpstreamAnswer> {
    const question = `${path} ${userKeyOf(user)}`;
    const limitedUntil = limits.get(question);
    if (limitedUntil !== undefined)
      throw new KitError('rateLimited', { retryAfterSeconds: Math.ceil((limitedUntil - performance.now()) / 1000) });
    const ip = request && clientIp?.(request);
    const body = await bodyOf?.();
    const init: RequestInit = {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        authorization: apiKey,
        ...userHeaders(user),
        ...(ip && /^[\da-fA-F.:]{2,45}$/.test(ip) && { 'x-coinflow-client-ip': ip }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    try {
      const answer = await askUpstream(base + path, init, { fetch, timeoutMs, signal });
      if (answer.status === 429 && answer.retryAfterSeconds) {
        const limitMs = answer.retryAfterSeconds * 1000;
        limits.set(question, performance.now() + limitMs, limitMs);
      }
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer)
        throw new KitError(error.reason === 'timeout' ? 'upstreamTimeout' : 'upstreamUnreachable');
      throw error;
    }
  }

  return {
    async read(user, request, signal = request?.signal) {
      budget.spend(userKeyOf(user));
      const answer = await ask(user, withdrawPath(redirectLink), { request, signal });
      const record = parseAnswer(answer.status, answer.body);
      if (record === undefined) throw upstreamError(answer);
      return record;
    },

    async register(user, token, request) {
      // No signal: if the browser leaves, the registration still completes. Otherwise its token would be lost.
      const bodyOf = async () => registrationBody(await token(), redirectLink);
      const answer = await ask(user, '/withdraw/kyc/share-token', { request, bodyOf });
      const { status, body } = answer;
      // Coinflow may look up the new record before it exists. The token has been accepted all the same.
      if (saysAbsent(status, body)) return null;
      if (status === 400) throw new KitError('tokenRefused', { upstreamStatus: 400 });
      // The token is used up now, no matter what the body looks like. A read will show the result.
      if (status >= 200 && status < 300) return parseAnswer(200, body) ?? null;
      const record = status === 451 && parseAnswer(status, body);
      if (!record) throw upstreamError(answer);
      return record;
    },

    async sessionKey(user, request) {
      const answer = await ask(user, '/auth/session-key', { request, signal: request?.signal });
      const key = (answer.body as { key?: unknown } | null | undefined)?.key;
      if (answer.status === 200 && typeof key === 'string' && key) return key;
      throw upstreamError(answer);
    },
  };
}

function upstreamError({ status, retryAfterSeconds }: UpstreamAnswer): KitError {
  const upstreamStatus = status;
  if (status === 401 || status === 403) return new KitError('upstreamAuth', { upstreamStatus });
  if (status === 429) return new KitError('rateLimited', { upstreamStatus, retryAfterSeconds });
  const isOdd = status === 404 || status === 451 || (status >= 200 && status < 300);
  if (isOdd) return new KitError('upstreamMalformed', { upstreamStatus });
  return new KitError('upstreamFailed', { upstreamStatus, retryAfterSeconds });
}

function baseUrlOf({ env, baseUrl }: CoinflowOptions): string {
  if (baseUrl !== undefined) {
    if (!URL.canParse(baseUrl))
      throw new TypeError('kyc-reuse-gate: `coinflow.baseUrl` is not a URL. Example: "http://localhost:5050/api".');
    return baseUrl.replace(/\/+$/, '');
  }
  switch (env) {
    case 'prod':
      return 'https://api.coinflow.cash/api';
    case 'local':
      return 'http://localhost:5000/api';
    case 'staging':
    case 'staging-live':
    case 'sandbox':
      return `https://api-${env}.coinflow.cash/api`;
    case undefined:
      throw new TypeError(
        'kyc-reuse-gate: `coinflow.env` is missing. Pass "sandbox" while you build, and "prod" when you go live.',
      );
    default:
      env satisfies never;
      throw new TypeError(
        `kyc-reuse-gate: \`coinflow.env\` is ${JSON.stringify(env)}; use prod, staging, staging-live, sandbox or local.`,
      );
  }
}
