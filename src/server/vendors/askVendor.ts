import { KitError } from '../answers';
import { askUpstream, type Fetch, NoAnswer } from '../upstream';
import type { MintContext } from './shareTokens';

/** One request for a share token. */
export interface VendorQuestion {
  /** For messages. */
  readonly name: 'Persona' | 'Sumsub';
  readonly url: string;
  readonly headers: Record<string, string>;
  /** JSON. */
  readonly body: string;
  /** Takes the share token out of an answer's body. */
  readonly tokenOf: (body: unknown) => unknown;
  /** What to check if the vendor doesn't know the caller, or answers something odd. */
  readonly checkCaller: string;
  /** What to check if the vendor refuses to share this user's verification. */
  readonly checkUser: string;
}

/** How long the vendor may take, and over which `fetch` it is asked. */
export interface VendorConnection {
  readonly fetch?: Fetch | undefined;
  readonly timeoutMs: number;
}

/**
 * Asks a vendor for a share token, within the time that the registration has left.
 *
 * @throws {KitError} `noShareableVerification`, with `upstreamStatus`: the vendor refuses, and would again;
 *   `tokenUnavailable`: it gave no token for any other reason, and may later
 */
export async function askVendor(
  { name, url, headers, body, tokenOf, checkCaller, checkUser }: VendorQuestion,
  { fetch, timeoutMs }: VendorConnection,
  { signal, leftMs }: MintContext,
): Promise<string> {
  const init = {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body,
  };
  const answer = await askUpstream(url, init, { fetch, timeoutMs: Math.min(timeoutMs, leftMs), signal }).catch(
    (error: unknown) => {
      throw error instanceof NoAnswer
        ? new KitError('tokenUnavailable', { message: `${name}: ${error.reason}.`, causeCode: error.causeCode })
        : error;
    },
  );
  const { status: upstreamStatus, retryAfterSeconds } = answer;
  if (upstreamStatus >= 200 && upstreamStatus < 300) {
    const token = tokenOf(answer.body);
    if (typeof token === 'string' && token) return token;
  }
  if (isRefusal(upstreamStatus))
    throw new KitError('noShareableVerification', {
      message: `${name} refused to share this user’s verification (${upstreamStatus}). Check ${checkUser}.`,
      upstreamStatus,
    });
  throw new KitError('tokenUnavailable', {
    message: `${name} gave no share token (${upstreamStatus}). Check ${checkCaller}.`,
    upstreamStatus,
    retryAfterSeconds,
  });
}

/**
 * Whether the vendor would answer the same request the same way again. 401 and 403 are about the merchant's key, and
 * 408, 425 and 429 about the moment. No vendor documents which other statuses it uses for which refusal, so all of
 * them end the registration; `onError` gets the status, and the user may try again.
 */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);
}
