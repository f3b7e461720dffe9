import { type Fetch, fetchJson, NoAnswer } from './fetchJson';
import { isHeaderText } from './isHeaderText';
import { KitError } from './KitError';
import type { KycUser } from './KycUser';
import type { ShareTokens } from './shareTokens';
import { toHex } from './toHex';

/** How share tokens are minted at Sumsub. */
export interface SumsubOptions {
  /** Sumsub app token, sent as `X-App-Token`. */
  readonly appToken: string | undefined;
  /** Sumsub secret key. Signs the requests and is never sent. */
  readonly secretKey: string | undefined;
  /** Coinflow's Sumsub client id. Comes out of the tri-party agreement. */
  readonly forClientId: string | undefined;
  /** The user's applicant id, from your own records; `null` where there is none. */
  readonly applicantId: (user: KycUser) => string | null | undefined | Promise<string | null | undefined>;
  /** Which of Coinflow's Sumsub vendors the token is for. @default 'sumsub' */
  readonly vendor?: 'sumsub' | 'sumsub_docv';
  /** Life of a token, in seconds. It goes to Coinflow at once. @default 600 */
  readonly ttlInSecs?: number;
  /** @default 'https://api.sumsub.com' */
  readonly baseUrl?: string;
  /** Longest wait for Sumsub, in ms. @default 10000 */
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
}

/**
 * Mints share tokens at Sumsub.
 *
 * Source: Sumsub, `POST /resources/accessTokens/shareToken`, signed with `X-App-Access-Sig`, the hex HMAC-SHA256 of timestamp, method, path and body.
 * A user's e-mail address and country come from `authenticate`.
 *
 * @throws {TypeError} a missing or odd token, or a missing key or client id, when called
 */
export function sumsubShareTokens(options: SumsubOptions): ShareTokens {
  const { appToken = '', secretKey = '', forClientId = '', applicantId, vendor = 'sumsub', ttlInSecs = 600 } = options;
  const { baseUrl = 'https://api.sumsub.com', timeoutMs = 10_000, fetch } = options;
  for (const [name, value] of Object.entries({ appToken, secretKey, forClientId })) {
    if (!value) throw new TypeError(`kyc-reuse-gate: the Sumsub \`${name}\` is empty.`);
  }
  if (!isHeaderText(appToken))
    throw new TypeError('kyc-reuse-gate: the Sumsub `appToken` holds spaces or odd characters. Pass the token alone.');

  return async (user) => {
    const id = await applicantId(user);
    if (!id) return null;
    const { email, country } = user;
    if (!email || !country) {
      throw new KitError('internal', {
        message:
          'Coinflow needs an e-mail address and a country for a Sumsub share token. Give `email` and `country` in `authenticate`.',
      });
    }
    const url = `${baseUrl.replace(/\/+$/, '')}/resources/accessTokens/shareToken`;
    const body = JSON.stringify({ applicantId: id, forClientId, ttlInSecs });
    const seconds = Math.floor(Date.now() / 1000).toString();
    const answer = await fetchJson(
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
      message: `Sumsub gave no share token (${answer.status}). Check the app token, the secret key, the clock of this machine, the client id and that the applicant is approved.`,
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
  return toHex(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
}
