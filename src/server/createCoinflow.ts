import { isAbsentBody } from '../contract/absentPattern';
import { parseRecord } from '../contract/parseRecord';
import type { ShareToken } from '../contract/vendors';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { createMemory } from './createMemory';
import { type Fetch, fetchJson, type JsonAnswer, NoAnswer } from './fetchJson';
import { isHeaderText } from './isHeaderText';
import { KitError } from './KitError';
import { type KycUser, userHeaders, userKeyOf } from './KycUser';

/** How the kit reaches Coinflow. */
export interface CoinflowOptions {
  /** Your merchant API key. Sent raw in `Authorization`; must never reach a browser. `undefined`, as of an environment variable that is not set, throws at once. */
  readonly apiKey: string | undefined;
  /** Coinflow's environment. Required unless `baseUrl` is given. */
  readonly env?: 'prod' | 'staging' | 'staging-live' | 'sandbox' | 'local';
  /** Base of the API, with `/api`. @default `https://api.coinflow.cash/api` for prod, `https://api-{env}.coinflow.cash/api` else, `http://localhost:5000/api` for local */
  readonly baseUrl?: string;
  /** Longest wait for one answer of Coinflow, in ms. @default 10000 */
  readonly timeoutMs?: number;
  /** Address of the end user, sent as `x-coinflow-client-ip`. Read it only from a header that your own proxy sets. @default not sent */
  readonly clientIp?: (request: Request) => string | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
}

/** Coinflow's API, as far as the kit needs it. After a 429 with `Retry-After` the same is not asked again for the same user before that has passed: `rateLimited`. */
export interface Coinflow {
  /** `GET /withdraw`. `null`: no record yet. @throws {KitError} */
  read(user: KycUser, request?: Request): Promise<WithdrawerRecord | null>;
  /** `POST /withdraw/kyc/share-token`. The record of the answer, where it holds one. @param token not asked for while a limit holds @throws {KitError} */
  register(user: KycUser, token: () => Promise<ShareToken>, request?: Request): Promise<WithdrawerRecord | null>;
  /** `GET /auth/session-key`: valid for 24 h. @throws {KitError} */
  sessionKey(user: KycUser, request?: Request): Promise<string>;
}

/** @throws {TypeError} a missing key, or neither `env` nor `baseUrl` */
export function createCoinflow(options: CoinflowOptions): Coinflow {
  const { apiKey = '', timeoutMs = 10_000, clientIp, fetch } = options;
  if (!isHeaderText(apiKey)) {
    throw new TypeError(
      'kyc-reuse-gate: `coinflow.apiKey` is empty or holds odd characters. Pass your merchant API key, without "Bearer".',
    );
  }
  const base = baseUrlOf(options);
  /** Until when, by `performance.now()`. */
  const limits = createMemory<number>();

  /** A registration goes on when the browser leaves: its token would be lost with the answer. */
  async function ask(
    user: KycUser,
    path: string,
    request: Request | undefined,
    bodyOf?: () => Promise<unknown>,
  ): Promise<JsonAnswer> {
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
      const answer = await fetchJson(base + path, init, {
        fetch,
        timeoutMs,
        signal: body === undefined ? request?.signal : undefined,
      });
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
    async read(user, request) {
      const answer = await ask(user, '/withdraw', request);
      // A 404 that is a page comes from somebody else's server: a wrong base URL must not read as "no record yet" and cost a token.
      if ((answer.status === 404 && answer.body !== undefined) || (answer.status === 401 && isAbsentBody(answer.body)))
        return null;
      return recordOf(answer);
    },

    async register(user, token, request) {
      const answer = await ask(user, '/withdraw/kyc/share-token', request, token);
      // As a read answers while the record is being made.
      if ((answer.status === 401 || answer.status === 404) && isAbsentBody(answer.body)) return null;
      if (answer.status === 400) throw new KitError('tokenRefused', { upstreamStatus: 400 });
      // The token is used up now, whatever the body looks like. A GET tells what came of it.
      if (answer.status >= 200 && answer.status < 300) return parsedOrNull(answer);
      return recordOf(answer);
    },

    async sessionKey(user, request) {
      if (user.userId === undefined)
        throw new KitError('badRequest', {
          message: 'A session key is for users known by id; this one is known by wallet.',
        });
      const answer = await ask(user, '/auth/session-key', request);
      const key = (answer.body as { key?: unknown } | null | undefined)?.key;
      if (answer.status === 200 && typeof key === 'string' && key) return key;
      throw upstreamError(answer);
    },
  };
}

function recordOf(answer: JsonAnswer): WithdrawerRecord {
  if (answer.status !== 200 && answer.status !== 451) throw upstreamError(answer);
  const record = parsedOrNull(answer);
  if (!record) throw new KitError('upstreamMalformed', { upstreamStatus: answer.status });
  return record;
}

function parsedOrNull({ status, body }: JsonAnswer): WithdrawerRecord | null {
  try {
    return parseRecord(status, body);
  } catch {
    return null;
  }
}

function upstreamError({ status, retryAfterSeconds }: JsonAnswer): KitError {
  const upstreamStatus = status;
  if (status === 401 || status === 403) return new KitError('upstreamAuth', { upstreamStatus });
  if (status === 429) return new KitError('rateLimited', { upstreamStatus, retryAfterSeconds });
  if (status === 404 || (status >= 200 && status < 300)) return new KitError('upstreamMalformed', { upstreamStatus });
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
        'kyc-reuse-gate: `coinflow.env` is missing. Pass "sandbox" while you build, "prod" when you go live.',
      );
    default:
      env satisfies never;
      throw new TypeError(
        `kyc-reuse-gate: \`coinflow.env\` is ${JSON.stringify(env)}; Coinflow knows prod, staging, staging-live, sandbox and local.`,
      );
  }
}
