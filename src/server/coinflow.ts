import { parseAnswer, saysAbsent, type WithdrawerRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import { KitError } from './answers';
import type { Budgets, Operation } from './budgets';
import type { Deadline } from './deadline';
import type { Emit } from './events';
import { checkRedirectLink, registrationBody, withdrawPath } from './redirectLink';
import { trackCall, trackRegistration } from './tracking';
import {
  askUpstream,
  checkBaseUrl,
  checkTimeoutMs,
  type Fetch,
  isHeaderText,
  NoAnswer,
  type UpstreamAnswer,
} from './upstream';
import { type KnownUser, userHeaders } from './users';

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
   * Base URL of the API, including `/api`: https, or http on this machine.
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

/** What goes with a request to Coinflow. */
export interface AskOptions {
  /** The browser's; its IP address is passed on. Without one, as in a server render, no address is sent. */
  readonly request?: Request | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One registration. */
export interface RegisterOptions extends Pick<AskOptions, 'request'> {
  /** Names the attempt in its audit record. */
  readonly attemptId: string;
  /** Bounds the registration. */
  readonly deadline: Deadline;
  /** Provides the share token; not called while a limit applies or the user's budget is used up. */
  readonly token: () => Promise<ShareToken>;
  /** Called once the token is there, before anything is sent to Coinflow. */
  readonly beforeSend: () => Promise<void>;
}

/**
 * The part of Coinflow's API that the kit needs. Every call keeps within the budgets, tells them of each 429, and emits
 * its event.
 */
export interface Coinflow {
  /**
   * `GET /withdraw`.
   *
   * @returns the record; `null` if there is none yet
   * @throws {KitError}
   */
  read(
    user: KnownUser,
    options: AskOptions & { readonly canWait?: boolean | undefined },
  ): Promise<WithdrawerRecord | null>;
  /**
   * `POST /withdraw/kyc/share-token`.
   *
   * @returns the record in the answer; `null` if it holds none
   * @throws {KitError}
   */
  register(user: KnownUser, options: RegisterOptions): Promise<WithdrawerRecord | null>;
  /** `GET /auth/session-key`, by user id or by wallet and blockchain. @throws {KitError} */
  sessionKey(user: KnownUser, options: AskOptions): Promise<string>;
}

/**
 * Creates the client for Coinflow's API.
 *
 * @throws {TypeError} the API key is missing, both `env` and `baseUrl` are, or an option is invalid
 */
export function createCoinflow(options: CoinflowOptions, budgets: Budgets, emit: Emit): Coinflow {
  const { apiKey = '', clientIp, redirectLink, fetch } = options;
  if (!isHeaderText(apiKey)) {
    throw new TypeError(
      'kyc-reuse-gate: `coinflow.apiKey` is empty or contains invalid characters. Pass your merchant API key, without "Bearer".',
    );
  }
  if (redirectLink !== undefined) checkRedirectLink(redirectLink);
  const base = baseUrlOf(options);
  const timeoutMs = checkTimeoutMs('coinflow.timeoutMs', options.timeoutMs ?? 10_000);

  /** @param meaningOf what the answer means; throws a {@link KitError} if that is a failure */
  async function ask<T>(
    known: KnownUser,
    operation: Operation,
    path: string,
    { request, signal, body, forMs = timeoutMs }: AskOptions & { body?: unknown; forMs?: number },
    meaningOf: (answer: UpstreamAnswer) => T,
  ): Promise<T> {
    const ip = request && clientIp?.(request);
    const init: RequestInit = {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        authorization: apiKey,
        ...userHeaders(known.user),
        ...(ip && /^[\da-fA-F.:]{2,45}$/.test(ip) && { 'x-coinflow-client-ip': ip }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const call = async (answered: (status: number) => void) => {
      const limits = { fetch, timeoutMs: Math.min(forMs, timeoutMs), signal };
      const answer = await askUpstream(base + path, init, limits).catch((error: unknown) => {
        if (!(error instanceof NoAnswer)) throw error;
        const { reason, causeCode } = error;
        throw new KitError(reason === 'timeout' ? 'upstreamTimeout' : 'upstreamUnreachable', { causeCode });
      });
      answered(answer.status);
      if (answer.status === 429) await budgets.limited(operation, known.hash, answer.retryAfterSeconds ?? 0);
      return meaningOf(answer);
    };
    return trackCall(emit, known, operation, call, signal);
  }

  return {
    async read(user, { canWait = false, ...more }) {
      const operation = canWait ? 'reread' : 'read';
      await budgets.spend(operation, user.hash);
      // A read that can wait has taken its turn before.
      if (!canWait) budgets.countRead(user.hash);
      return ask(user, operation, withdrawPath(redirectLink), more, (answer) => {
        const record = parseAnswer(answer.status, answer.body);
        if (record === undefined) throw upstreamError(answer);
        return record;
      });
    },

    async register(user, { attemptId, request, deadline, token, beforeSend }) {
      await budgets.spend('register', user.hash);
      const takeBack = await budgets.spendRegistration(user.hash);
      return trackRegistration(emit, user, attemptId, async (trace) => {
        const minted = await token().catch(async (error: unknown) => {
          // Nothing to share costs neither the vendor nor Coinflow anything.
          if (error instanceof KitError && error.code === 'noShareableVerification') await takeBack();
          throw error;
        });
        trace.vendor = minted.vendor;
        // Too late to learn the outcome: don't spend the token.
        if (deadline.leftMs() === 0) throw new KitError('tokenUnavailable', { message: 'Minting took too long.' });
        await beforeSend();
        trace.sent = true;
        const body = registrationBody(minted, redirectLink);
        // No signal: if the browser leaves, the registration still completes. Otherwise its token would be lost.
        const sending = { request, body, forMs: deadline.leftMs() };
        return ask(user, 'register', '/withdraw/kyc/share-token', sending, (answer) => {
          const { status } = answer;
          // Coinflow may look up the new record before it exists. The token has been accepted all the same.
          if (saysAbsent(status, answer.body)) return null;
          if (status === 400) throw new KitError('tokenRefused', { upstreamStatus: 400 });
          // The token is used up now, no matter what the body looks like. A read will show the result.
          if (status >= 200 && status < 300) return parseAnswer(200, answer.body) ?? null;
          const record = status === 451 && parseAnswer(status, answer.body);
          if (!record) throw upstreamError(answer);
          return record;
        });
      });
    },

    async sessionKey(user, more) {
      await budgets.spend('sessionKey', user.hash);
      return ask(user, 'sessionKey', '/auth/session-key', more, (answer) => {
        const key = (answer.body as { key?: unknown } | null | undefined)?.key;
        if (answer.status === 200 && typeof key === 'string' && key) return key;
        throw upstreamError(answer);
      });
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
  if (baseUrl !== undefined) return checkBaseUrl('coinflow.baseUrl', baseUrl);
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
