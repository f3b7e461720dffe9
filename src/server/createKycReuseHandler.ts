import { inTime } from '../contract/inTime';
import { maxRequestBytes } from '../contract/limits';
import { isShareToken, type ShareToken } from '../contract/vendors';
import type { InitialRecord } from '../contract/WithdrawerRecord';
import { type CoinflowOptions, createCoinflow } from './createCoinflow';
import { createRegistrations } from './createRegistrations';
import { isCrossSite } from './crossSite';
import { KitError } from './KitError';
import type { KitErrorCode } from './kitErrors';
import { type KycUser, subjectOf, userHeaders, userKeyOf } from './KycUser';
import { parseBrowserToken } from './parseBrowserToken';
import { readLimited } from './readLimited';
import { corsHeaders, respondError, respondJson, respondRecord } from './respond';
import type { ShareTokens } from './shareTokens';

/** Options of {@link createKycReuseHandler}. */
export interface KycReuseHandlerOptions {
  readonly coinflow: CoinflowOptions;
  /** Who is signed in, from your own session; `null` where nobody is. Everything the kit tells Coinflow about the user comes from here, nothing from the browser. May take 15 s. */
  readonly authenticate: (request: Request) => KycUser | null | undefined | Promise<KycUser | null | undefined>;
  /** Mints the share token, a new one each time: `personaShareTokens(...)`, `sumsubShareTokens(...)` or your own. May take 15 s. */
  readonly shareTokens: ShareTokens;
  /**
   * Lets the browser send a share token it holds. Off unless given: a stolen token could otherwise be registered for the thief.
   * `verify` must tell, from your own records, that this token belongs to this user. May take 15 s.
   * A token that may be used up is not sent to Coinflow again: for an hour this process answers it with `tokenRefused` itself.
   */
  readonly browserTokens?: { readonly verify: (user: KycUser, token: ShareToken) => boolean | Promise<boolean> };
  /** Other origins, exactly as browsers send them (`https://shop.example`), whose pages may use this endpoint. @default none */
  readonly allowedOrigins?: readonly string[];
  /** Called with every failure that is not part of the normal course. Holds no secret; `cause` is what your own function threw. @default one line by `console.error` */
  readonly onError?: (error: KitError) => void;
}

/** The handler, with what a server render needs. */
export interface KycReuseHandler {
  (request: Request): Promise<Response>;
  /** Reads a user's record for `initialRecord`, so that a returning user's form opens with the page; `null` where there is none. @throws {KitError} */
  readInitialRecord(user: KycUser): Promise<InitialRecord | null>;
}

/**
 * The whole backend of the gate: one handler for one URL, from Fetch API `Request` to `Response`. It answers only a signed-in user, only about that user, and never with a secret.
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
 * @throws {TypeError} a missing or odd option, named, when called
 */
export function createKycReuseHandler(options: KycReuseHandlerOptions): KycReuseHandler {
  const { authenticate, shareTokens, browserTokens, allowedOrigins = [], onError = logError } = options;
  if (typeof authenticate !== 'function')
    throw new TypeError('kyc-reuse-gate: `authenticate` is missing. Pass a function that gives the signed-in user.');
  if (typeof shareTokens !== 'function')
    throw new TypeError(
      'kyc-reuse-gate: `shareTokens` is missing. Pass personaShareTokens(...), sumsubShareTokens(...) or your own function.',
    );
  for (const origin of allowedOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new TypeError(
        `kyc-reuse-gate: \`allowedOrigins\` holds ${JSON.stringify(origin)}, which is not an origin. Example: "https://shop.example".`,
      );
    }
  }
  const coinflow = createCoinflow(options.coinflow);
  const registrations = createRegistrations();

  async function answer(request: Request): Promise<Response> {
    const { method } = request;
    if (method !== 'GET' && method !== 'POST') throw new KitError('methodNotAllowed');
    if (method === 'POST') checkPost(request);
    const user = await signedIn(request);
    const query = new URL(request.url).searchParams;
    checkSubject(query.get('subject'), user);
    if (method === 'POST') {
      const sent = await browserToken(request, user);
      const record = await registrations.once(userKeyOf(user), sent, () =>
        coinflow.register(user, async () => sent ?? mint(user), request),
      );
      // Coinflow took the token. Whether the record is readable, only a GET tells.
      return record ? respondRecord(record) : respondJson(202, {});
    }
    if (query.get('session') === '1') return respondJson(200, { sessionKey: await coinflow.sessionKey(user, request) });
    const record = await coinflow.read(user, request);
    if (!record) throw new KitError('absent');
    return respondRecord(record);
  }

  function checkPost(request: Request): void {
    if (isCrossSite(request, allowedOrigins)) throw new KitError('crossSite');
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json') throw new KitError('unsupportedMediaType');
  }

  async function signedIn(request: Request): Promise<KycUser> {
    const user = await yours('authenticate', () => authenticate(request));
    if (user == null) throw new KitError('unauthenticated');
    // Before anything is asked: an id that cannot stand in a header is a mistake in `authenticate`.
    userHeaders(user);
    return user;
  }

  async function mint(user: KycUser): Promise<ShareToken> {
    const token = await yours('shareTokens', () => shareTokens(user), 'tokenUnavailable');
    if (token == null) throw new KitError('noShareableVerification');
    if (isShareToken(token)) return token;
    throw new KitError('internal', {
      message:
        '`shareTokens` gave something that is not a share token: { vendor, shareToken, email } and, for Sumsub, country were expected.',
    });
  }

  async function browserToken(request: Request, user: KycUser): Promise<ShareToken | undefined> {
    const text = await readLimited(request.body, maxRequestBytes);
    if (text === undefined) throw new KitError('bodyTooLarge');
    const sent = parseBrowserToken(parseJson(text), user);
    if (!sent) return undefined;
    if (!browserTokens) {
      throw new KitError('badRequest', {
        message:
          'The browser sent a share token, and `browserTokens` is not set. Leave `shareToken` out of the gate, or opt in.',
      });
    }
    if (!(await yours('browserTokens.verify', () => browserTokens.verify(user, sent)))) {
      throw new KitError('forbidden', { message: '`browserTokens.verify` did not accept this token for this user.' });
    }
    return sent;
  }

  async function handle(request: Request): Promise<Response> {
    const cors = corsHeaders(request, allowedOrigins);
    if (request.method === 'OPTIONS')
      return withHeaders(
        new Response(null, {
          status: 204,
          headers: {
            allow: 'GET, POST, OPTIONS',
            vary: 'Origin',
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        }),
        cors,
      );
    try {
      return withHeaders(await answer(request), cors);
    } catch (error) {
      const known = error instanceof KitError ? error : new KitError('internal', { cause: error });
      // A browser that has left is no failure of anybody's.
      if (!expected.has(known.code) && !request.signal.aborted) report(known);
      return withHeaders(respondError(known), cors);
    }
  }

  function report(error: KitError): void {
    // A logger that throws, or rejects, must not turn a coded answer into a crash; the failure itself goes out with the answer.
    new Promise((resolve) => {
      resolve(onError(error));
    }).catch(() => logError(error));
  }

  return Object.assign(handle, {
    async readInitialRecord(user: KycUser): Promise<InitialRecord | null> {
      const record = await coinflow.read(user);
      return record && { subject: subjectOf(user), record };
    },
  });
}

/** Longest wait for a function of the merchant's, in ms: the browser waits 30 s for all together. */
const yoursMs = 15_000;

/** The normal course: nothing to look into. */
const expected: ReadonlySet<string> = new Set([
  'absent',
  'unauthenticated',
  'noShareableVerification',
  'subjectMismatch',
]);

function checkSubject(subject: string | null, user: KycUser): void {
  if (!subject)
    throw new KitError('badRequest', {
      message: 'The query lacks `subject`. The gate sends it; is a proxy dropping the query?',
    });
  if (subject !== subjectOf(user)) throw new KitError('subjectMismatch');
}

/** Runs a function of the merchant's, for as long as it may take. What it throws is reported to `onError` and not told to the browser. */
async function yours<T>(name: string, call: () => T | Promise<T>, lateCode: KitErrorCode = 'internal'): Promise<T> {
  try {
    return await inTime(
      call(),
      yoursMs,
      () => new KitError(lateCode, { message: `\`${name}\` gave nothing within 15 s.` }),
    );
  } catch (cause) {
    if (cause instanceof KitError) throw cause;
    throw new KitError('internal', { message: `\`${name}\` threw; see \`cause\` in \`onError\`.`, cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new KitError('badRequest', { message: 'The request body is not JSON.' });
  }
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** One line, without `cause`: what your function threw may hold anything. */
function logError({ code, message, upstreamStatus }: KitError): void {
  console.error(
    `kyc-reuse-gate: ${code}${upstreamStatus === undefined ? '' : ` (upstream ${upstreamStatus})`}: ${message}`,
  );
}
