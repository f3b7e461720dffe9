import { KitError } from '../answers';
import { checkBaseUrl, checkTimeoutMs, type Fetch, isHeaderText } from '../upstream';
import type { KycUser } from '../users';
import { askVendor } from './askVendor';
import type { ShareTokens } from './shareTokens';

/** Options of {@link personaShareTokens}. */
export interface PersonaOptions {
  /**
   * Your Persona API key, sent as `Authorization: Bearer`. Accepts an environment variable that may be
   * unset; a missing key throws at startup.
   */
  readonly apiKey: string | undefined;
  /** Your Connect connection with Coinflow, `cxn_…`. You get it from the Persona Connect partnership. */
  readonly connectionId: string | undefined;
  /**
   * Returns the user's completed inquiry, `inq_…`, from your own records. `null` if there is none: the gate
   * shows `noShareableVerification`.
   */
  readonly inquiryId: (user: KycUser) => string | null | undefined | Promise<string | null | undefined>;
  /** Sent as `Persona-Version`. @default your account's version */
  readonly personaVersion?: string;
  /** Base URL of the API, including its version: https, or http on this machine. @default 'https://api.withpersona.com/api/v1' */
  readonly baseUrl?: string;
  /** Longest wait for an answer from Persona, in ms. @default 10000 */
  readonly timeoutMs?: number;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
}

/**
 * Mints share tokens at Persona. `authenticate` must return the user's `email`, which Coinflow requires. Each attempt to
 * register carries an `Idempotency-Key` of its own.
 *
 * The returned function throws a {@link KitError}: `noShareableVerification` if Persona refuses to share this user's
 * inquiry (a 4xx that would repeat), `tokenUnavailable` if it gives no token for another reason, `internal` if the
 * e-mail address is missing.
 *
 * Source: Persona, `POST /connect/share-tokens`; the token is `data.id` (`cnst_…`) of the answer.
 *
 * @throws {TypeError} an option is missing or invalid; the message names it
 */
export function personaShareTokens(options: PersonaOptions): ShareTokens {
  const {
    apiKey,
    connectionId,
    inquiryId,
    personaVersion,
    baseUrl = 'https://api.withpersona.com/api/v1',
    timeoutMs = 10_000,
    fetch,
  } = options;
  if (!apiKey) throw new TypeError('kyc-reuse-gate: the Persona `apiKey` is empty. Pass your Persona API key.');
  if (!isHeaderText(apiKey))
    throw new TypeError(
      'kyc-reuse-gate: the Persona `apiKey` contains spaces or invalid characters. Pass the key alone, without "Bearer".',
    );
  if (!connectionId)
    throw new TypeError(
      'kyc-reuse-gate: the Persona `connectionId` is empty. You get it from the Persona Connect partnership with Coinflow.',
    );

  checkTimeoutMs('personaShareTokens.timeoutMs', timeoutMs);
  const url = `${checkBaseUrl('personaShareTokens.baseUrl', baseUrl)}/connect/share-tokens`;

  return async (user, context) => {
    const sourceId = await inquiryId(user);
    if (!sourceId) return null;
    if (!user.email)
      throw new KitError('internal', {
        message: 'Coinflow needs an e-mail address with a Persona share token. Return `email` from `authenticate`.',
      });
    const shareToken = await askVendor(
      {
        name: 'Persona',
        url,
        headers: {
          authorization: `Bearer ${apiKey}`,
          'idempotency-key': context.attemptId,
          ...(personaVersion !== undefined && { 'persona-version': personaVersion }),
        },
        body: JSON.stringify({ data: { attributes: { 'connection-id': connectionId, 'source-id': sourceId } } }),
        tokenOf: (body) => (body as { data?: { id?: unknown } | null } | null | undefined)?.data?.id,
        checkCaller: 'the API key',
        checkUser: 'that the inquiry exists and is completed, and the connection id',
      },
      { fetch, timeoutMs },
      context,
    );
    return { vendor: 'persona', shareToken, email: user.email };
  };
}
