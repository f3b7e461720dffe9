import { inTime } from '../contract/bounded';
import { holdMs as defaultHoldMs, parsePreferWait } from '../contract/limits';
import type { InitialRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import { KitError, type KitErrorCode, respondConfirmed, respondError, respondJson, respondRecord } from './answers';
import { createReadBudget } from './budgets';
import { type CoinflowOptions, createCoinflow } from './coinflow';
import { createHolds } from './hold';
import { createRegistrations } from './registrations';
import { checkOrigins, checkRequest, corsHeaders, readBody, respondPreflight } from './requests';
import { checkContact, isSubjectOf, type KycUser, subjectOf, userHeaders, userKeyOf } from './users';
import { parseBrowserToken, parseMintedToken, type ShareTokens } from './vendors/shareTokens';

/** Options of {@link createKycReuseHandler}. */
export interface KycReuseHandlerOptions {
  readonly coinflow: CoinflowOptions;
  /**
   * Returns the signed-in user from your own session, or `null` if nobody is signed in. Everything the kit tells
   * Coinflow about the user comes from here, not from the browser. Has 15 s.
   */
  readonly authenticate: (request: Request) => KycUser | null | undefined | Promise<KycUser | null | undefined>;
  /**
   * Mints a new share token on each call: `personaShareTokens(...)`, `sumsubShareTokens(...)`
   * or your own function. Has 15 s.
   */
  readonly shareTokens: ShareTokens;
  /**
   * Lets the browser send a share token it holds. Off by default, because a stolen token could be registered for the
   * thief. `verify` must check against your own records that the token belongs to the user, and has 15 s. A token that
   * may be used up is never sent to Coinflow again: this process answers it with `tokenRefused` for an hour.
   * @default the browser's tokens are refused
   */
  readonly browserTokens?: {
    readonly verify: (user: KycUser, token: ShareToken) => boolean | Promise<boolean>;
    /**
     * Also takes the e-mail address and the country from the browser, where `authenticate` returns none. The user can
     * then tell Coinflow any: check them in `verify`.
     * @default false: what `authenticate` leaves out is an error that names the field
     */
    readonly acceptContact?: boolean;
  };
  /**
   * Other origins whose pages may use this endpoint, exactly as browsers send them (`https://shop.example`).
   * @default none
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * How long a POST with `Prefer: wait` may be held until Coinflow's record is readable, in ms since the
   * request arrived. The form then opens without polling. Stay below the time limit of your platform and
   * proxies, often 10 s. 0 turns holding off.
   * @default 8000
   */
  readonly holdMs?: number;
  /**
   * Called with every failure that isn't part of normal operation. It holds no secret; `cause`
   * is what your own function threw.
   * @default logs one line with `console.error`
   */
  readonly onError?: (error: KitError) => void;
}

/** The handler, plus a reader for server rendering. */
export interface KycReuseHandler {
  (request: Request): Promise<Response>;
  /**
   * Reads a user's record for the gate's `initialRecord` while you render the page. A returning user's form then
   * opens with the page. If there is no record yet (`record: null`), the gate registers at once, without a GET first.
   * Takes up to `coinflow.timeoutMs`.
   *
   * @throws {KitError} Coinflow gave no usable answer: render the page without
   *   `initialRecord`, and the gate reads for itself
   */
  readInitialRecord(user: KycUser): Promise<InitialRecord>;
}

/**
 * Creates the whole backend of the gate: one handler for one URL, from Fetch API `Request` to `Response`. It only
 * answers signed-in users, each about themselves, and never sends a secret other than the user's own session key.
 * It answers GET, POST and OPTIONS, and HEAD like a GET of the record. Frameworks that take one export per method, such
 * as Next.js, need it as `GET`, `POST` and `OPTIONS`.
 *
 * ```ts
 * export const kyc = createKycReuseHandler({
 *   coinflow: { apiKey: process.env.COINFLOW_API_KEY, env: 'sandbox' },
 *   authenticate: async (request) => (await session(request))?.user ?? null,
 *   shareTokens: personaShareTokens({
 *     apiKey: process.env.PERSONA_API_KEY,
 *     connectionId: process.env.PERSONA_CONNECTION_ID,
 *     inquiryId: (user) => db.inquiryOf(user.userId),
 *   }),
 * });
 * ```
 *
 * @throws {TypeError} an option is missing or invalid; the message names it
 */
export function createKycReuseHandler(options: KycReuseHandlerOptions): KycReuseHandler {
  const { authenticate, shareTokens, browserTokens, allowedOrigins = [] } = options;
  const { holdMs = defaultHoldMs, onError = logError } = options;
  if (typeof authenticate !== 'function')
    throw new TypeError('kyc-reuse-gate: `authenticate` is missing. Pass a function that returns the signed-in user.');
  if (typeof shareTokens !== 'function')
    throw new TypeError(
      'kyc-reuse-gate: `shareTokens` is missing. Pass personaShareTokens(...), sumsubShareTokens(...) or your own function.',
    );
  if (!Number.isFinite(holdMs) || holdMs < 0)
    throw new TypeError(
      'kyc-reuse-gate: `holdMs` is not a number of milliseconds. Leave it out for 8000, or pass 0 to turn holding off.',
    );
  checkOrigins(allowedOrigins);
  const budget = createReadBudget();
  const coinflow = createCoinflow(options.coinflow, budget);
  const registrations = createRegistrations();
  const holds = createHolds(coinflow.read, budget, (error) => report(kitErrorOf(error)));

  async function handle(request: Request): Promise<Response> {
    const response = await handleWithBody(request);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  }

  async function handleWithBody(request: Request): Promise<Response> {
    const cors = corsHeaders(request, allowedOrigins);
    if (request.method === 'OPTIONS') return withHeaders(respondPreflight(), cors);
    try {
      return withHeaders(await answer(request), cors);
    } catch (error) {
      const known = kitErrorOf(error);
      // A browser that leaves is not a failure.
      if (!isExpected(known) && !request.signal.aborted) report(known);
      return withHeaders(respondError(known), cors);
    }
  }

  async function answer(request: Request): Promise<Response> {
    const arrivedAt = performance.now();
    checkRequest(request, allowedOrigins);
    const user = await signedIn(request);
    const query = new URL(request.url).searchParams;
    checkSubject(query.get('subject'), user);
    if (request.method === 'POST') return registered(request, user, arrivedAt);
    // A HEAD has nowhere to put a key: don't mint one.
    if (query.get('session') === '1' && request.method === 'GET')
      return respondJson(200, { sessionKey: await coinflow.sessionKey(user, request) });
    return respondRecord(await coinflow.read(user, request));
  }

  async function signedIn(request: Request): Promise<KycUser> {
    const user = await callYours('authenticate', () => authenticate(request));
    if (user == null) throw new KitError('unauthenticated');
    // Fail early: an id that can't be sent in a header is a mistake in `authenticate`.
    userHeaders(user);
    return user;
  }

  async function registered(request: Request, user: KycUser, arrivedAt: number): Promise<Response> {
    checkContact(user);
    const sent = await browserToken(request, user);
    const record = await registrations.once(userKeyOf(user), sent, () =>
      coinflow.register(user, async () => sent ?? mint(user), request),
    );
    const waitMs = Math.min(parsePreferWait(request.headers.get('prefer')) ?? 0, holdMs);
    const leftMs = waitMs - (performance.now() - arrivedAt);
    const told = leftMs > 0 ? await holds.wait(user, request, leftMs) : undefined;
    if (told) return respondConfirmed(told.record);
    // Coinflow took the token. Only a read can tell whether the record is readable.
    return record ? respondRecord(record) : respondJson(202, {});
  }

  async function browserToken(request: Request, user: KycUser): Promise<ShareToken | undefined> {
    const sent = parseBrowserToken(await readBody(request), user, browserTokens?.acceptContact);
    if (!sent) return undefined;
    if (!browserTokens) {
      throw new KitError('badRequest', {
        message:
          'The browser sent a share token, but `browserTokens` is not set. Remove `shareToken` from the gate, or set `browserTokens`.',
      });
    }
    if (!(await callYours('browserTokens.verify', () => browserTokens.verify(user, sent)))) {
      throw new KitError('forbidden', { message: '`browserTokens.verify` did not accept this token for this user.' });
    }
    return sent;
  }

  async function mint(user: KycUser): Promise<ShareToken> {
    const context = { attemptId: crypto.randomUUID(), signal: AbortSignal.timeout(yoursMs), leftMs: yoursMs };
    return parseMintedToken(await callYours('shareTokens', () => shareTokens(user, context), 'tokenUnavailable'));
  }

  function report(error: KitError): void {
    // A logger that throws or rejects must not turn a coded answer into a crash.
    new Promise((resolve) => {
      resolve(onError(error));
    }).catch(() => logError(error));
  }

  return Object.assign(handle, {
    async readInitialRecord(user: KycUser): Promise<InitialRecord> {
      return { subject: subjectOf(user), record: await coinflow.read(user) };
    },
  });
}

/** Longest wait for one of the merchant's functions, in ms. The browser gives up after 30 s. */
const yoursMs = 15_000;

/** Part of normal operation: not worth reporting, unless an upstream said so. */
const expected: ReadonlySet<KitErrorCode> = new Set(['unauthenticated', 'noShareableVerification', 'subjectMismatch']);

function isExpected({ code, upstreamStatus }: KitError): boolean {
  return expected.has(code) && upstreamStatus === undefined;
}

function checkSubject(subject: string | null, user: KycUser): void {
  if (!subject)
    throw new KitError('badRequest', {
      message: 'The query has no `subject`. The gate sends one: check that no proxy drops the query.',
    });
  if (!isSubjectOf(subject, user)) throw new KitError('subjectMismatch');
}

/**
 * Calls one of the merchant's functions within the time limit. What it throws goes to `onError`;
 * the browser learns nothing of it.
 */
async function callYours<T>(name: string, call: () => T | Promise<T>, lateCode: KitErrorCode = 'internal'): Promise<T> {
  try {
    return await inTime(
      call(),
      yoursMs,
      () => new KitError(lateCode, { message: `\`${name}\` did not finish within 15 s.` }),
    );
  } catch (cause) {
    if (cause instanceof KitError) throw cause;
    throw new KitError('internal', { message: `\`${name}\` threw; see \`cause\` in \`onError\`.`, cause });
  }
}

function kitErrorOf(error: unknown): KitError {
  return error instanceof KitError ? error : new KitError('internal', { cause: error });
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** Logs one line, without `cause`: what your function threw may contain anything. */
function logError({ code, message, upstreamStatus }: KitError): void {
  console.error(
    `kyc-reuse-gate: ${code}${upstreamStatus === undefined ? '' : ` (upstream ${upstreamStatus})`}: ${message}`,
  );
}
