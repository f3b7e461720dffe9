import { KitError } from '../answers';
import { checkBaseUrl, checkTimeoutMs, type Fetch, isHeaderText } from '../upstream';
import type { KycUser } from '../users';
import { askVendor } from './askVendor';
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
  /** Base URL of the API: https, or http on this machine. @default 'https://api.sumsub.com' */
  readonly baseUrl?: string;
  /** Longest wait for an answer from Sumsub, in ms. @default 10000 */
  readonly timeoutMs?: number;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
}

/**
 * Mints share tokens at Sumsub. `authenticate` must return the user's `email` and `country`, which Coinflow requires.
 *
 * The returned function throws a {@link KitError}: `noShareableVerification` if Sumsub refuses to share this user's
 * applicant (a 4xx that would repeat), `tokenUnavailable` if it gives no token for another reason, `internal` if the
 * e-mail address or the country is missing.
 *
 * Source: Sumsub, `POST /resources/accessTokens/shareToken`, signed with `X-App-Access-Sig`, the hex HMAC-SHA256 of
 * timestamp, method, path and body.
 *
 * @throws {TypeError} an option is missing or invalid; the message names it
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

  if (!Number.isInteger(ttlInSecs) || ttlInSecs < 1)
    throw new TypeError(
      'kyc-reuse-gate: the Sumsub `ttlInSecs` is not a whole number of seconds. Leave it out for 600.',
    );
  checkTimeoutMs('sumsubShareTokens.timeoutMs', timeoutMs);
  const url = `${checkBaseUrl('sumsubShareTokens.baseUrl', baseUrl)}/resources/accessTokens/shareToken`;

  return async (user, context) => {
    const id = await applicantId(user);
    if (!id) return null;
    const { email, country } = user;
    if (!email || !country) {
      throw new KitError('internal', {
        message:
          'Coinflow needs an e-mail address and a country with a Sumsub share token. Return `email` and `country` from `authenticate`.',
      });
    }
    const body = JSON.stringify({ applicantId: id, forClientId, ttlInSecs });
    const seconds = Math.floor(Date.now() / 1000).toString();
    const shareToken = await askVendor(
      {
        name: 'Sumsub',
        url,
        headers: {
          'x-app-token': appToken,
          'x-app-access-ts': seconds,
          'x-app-access-sig': await hmacHex(secretKey, `${seconds}POST${new URL(url).pathname}${body}`),
        },
        body,
        tokenOf: (answer) => (answer as { token?: unknown } | null | undefined)?.token,
        checkCaller: 'the app token, the secret key and this server’s clock',
        checkUser: 'that the applicant exists and is approved, and the client id',
      },
      { fetch, timeoutMs },
      context,
    );
    return { vendor, shareToken, email, country };
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
