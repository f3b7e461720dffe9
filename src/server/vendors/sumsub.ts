import { KitError } from '../answers';
import { askUpstream, type Fetch, isHeaderText, NoAnswer } from '../upstream';
import type { KycUser } from '../users';
import type { ShareTokens } from './shareTokens';

/** Options of {@link sumsubShareTokens}. */
export interface SumsubOptions {
  /**
   * Your Sumsub app token, sent as `X-App-Token`. This and the next two accept environment variables that
   * may be unset; a missing one throws at startup.
   */
  readonly appToken: string | undefined;
  /** Your Sumsub secret key. It signs the requests and is never sent. */
  readonly secretKey: string | undefined;
  /** Coinflow's Sumsub client id. You get it from the tri-party agreement. */
  readonly forClientId: string | undefined;
  /**
   * Returns the user's applicant id from your own records. `null` if there is none: the gate
   * shows `noShareableVerification`.
   */
  readonly applicantId: (user: KycUser) => string | null | undefined | Promise<string | null | undefined>;
  /** Which of Coinflow's Sumsub vendors the token is for. @default 'sumsub' */
  readonly vendor?: 'sumsub' | 'sumsub_docv';
  /** Lifetime of a token, in seconds. It is sent to Coinflow at once, so it can be short. @default 600 */
  readonly ttlInSecs?: number;
  /** Base URL of the API. @default 'https://api.sumsub.com' */
  readonly baseUrl?: string;
  /** Longest wait for an answer from Sumsub, in ms. @default 10000 */
  readonly timeoutMs?: number;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
}

/**
 * Mints share tokens at Sumsub. `authenticate` must return the user's `email` and `country`, which Coinflow requires.
 *
 * The returned function throws a {@link KitError}: `tokenUnavailable` if Sumsub gives no token, `internal` if the
 * e-mail address or the country is missing.
 *
 * Source: Sumsub, `POST /resources/accessTokens/shareToken`, signed with `X-App-Access-Sig`, the hex HMAC-SHA256 of
 * timestamp, method, path and body.
 *
 * @throws {TypeError} the app token is missing or invalid, or the secret key or the client id is missing
 */
export function sumsubShareTokens(options: SumsubOptions): ShareTokens {
  const { appToken = '', secretKey = '', forClientId = '', applicantId, vendor = 'sumsub', ttlInSecs = 600 } = options;
  const { baseUrl = 'https://api.sumsub.com', timeoutMs = 10_000, fetch } = options;
  for (const [name, value] of Object.entries({ appToken, secretKey, forClientId })) {
    if (!value)
      throw new TypeError(`kyc-reuse-gate: the Sumsub \`${name}\` is empty. Pass it to \`sumsubShareTokens\`.`);
  }
  if (!isHeaderText(appToken))
    throw new TypeError(
      'kyc-reuse-gate: the Sumsub `appToken` contains spaces or invalid characters. Pass the token alone.',
    );

  return async (user) => {
    const id = await applicantId(user);
    if (!id) return null;
    const { email, country } = user;
    if (!email || !country) {
      throw new KitError('internal', {
        message:
          'Coinflow needs an e-mail address and a country with a Sumsub share token. Return `email` and `country` from `authenticate`.',
      });
    }
    const url = `${baseUrl.replace(/\/+$/, '')}/resources/accessTokens/shareToken`;
    const body = JSON.stringify({ applicantId: id, forClientId, ttlInSecs });
    const seconds = Math.floor(Date.now() / 1000).toString();
    const answer = await askUpstream(
      url,
      {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-app-token': appToken,
          'x-app-access-ts': seconds,
          'x-app-access-sig': await hmacHex(secretKey, `${seconds}POST${new URL(url).pathname}${body}`),
        },
        body,
      },
      { fetch, timeoutMs },
    ).catch((error: unknown) => {
      throw error instanceof NoAnswer
        ? new KitError('tokenUnavailable', { message: `Sumsub: ${error.reason}.` })
        : error;
    });
    const token = (answer.body as { token?: unknown } | null | undefined)?.token;
    if (answer.status === 200 && typeof token === 'string' && token)
      return { vendor, shareToken: token, email, country };
    throw new KitError('tokenUnavailable', {
      message: `Sumsub gave no share token (${answer.status}). Check the app token, the secret key, the client id and this server’s clock, and that the applicant is approved.`,
      upstreamStatus: answer.status,
      retryAfterSeconds: answer.retryAfterSeconds,
    });
  };
}

async function hmacHex(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
