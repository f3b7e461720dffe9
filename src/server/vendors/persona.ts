import { KitError } from '../answers';
import { askUpstream, type Fetch, isHeaderText, NoAnswer } from '../upstream';
import type { KycUser } from '../users';
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
  /** Base URL of the API, including its version. @default 'https://api.withpersona.com/api/v1' */
  readonly baseUrl?: string;
  /** Longest wait for an answer from Persona, in ms. @default 10000 */
  readonly timeoutMs?: number;
  /** Used instead of the global `fetch`. */
  readonly fetch?: Fetch;
}

/**
 * Mints share tokens at Persona. `authenticate` must return the user's `email`, which Coinflow requires.
 *
 * The returned function throws a {@link KitError}: `tokenUnavailable` if Persona gives no token, `internal` if
 * the e-mail address is missing.
 *
 * Source: Persona, `POST /connect/share-tokens`; the token is `data.id` (`cnst_…`) of the answer.
 *
 * @throws {TypeError} the key is missing or invalid, or the connection is missing
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

  return async (user) => {
    const sourceId = await inquiryId(user);
    if (!sourceId) return null;
    if (!user.email)
      throw new KitError('internal', {
        message: 'Coinflow needs an e-mail address with a Persona share token. Return `email` from `authenticate`.',
      });
    const answer = await askUpstream(
      `${baseUrl.replace(/\/+$/, '')}/connect/share-tokens`,
      {
        method: 'POST',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          ...(personaVersion !== undefined && { 'persona-version': personaVersion }),
        },
        body: JSON.stringify({ data: { attributes: { 'connection-id': connectionId, 'source-id': sourceId } } }),
      },
      { fetch, timeoutMs },
    ).catch((error: unknown) => {
      throw error instanceof NoAnswer
        ? new KitError('tokenUnavailable', { message: `Persona: ${error.reason}.` })
        : error;
    });
    const id = (answer.body as { data?: { id?: unknown } | null } | null | undefined)?.data?.id;
    if (answer.status >= 200 && answer.status < 300 && typeof id === 'string' && id) {
      return { vendor: 'persona', shareToken: id, email: user.email };
    }
    throw new KitError('tokenUnavailable', {
      message: `Persona gave no share token (${answer.status}). Check the API key and the connection id, and that the inquiry is completed.`,
      upstreamStatus: answer.status,
      retryAfterSeconds: answer.retryAfterSeconds,
    });
  };
}
