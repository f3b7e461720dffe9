import { type Fetch, fetchJson, NoAnswer } from './fetchJson';
import { isHeaderText } from './isHeaderText';
import { KitError } from './KitError';
import type { KycUser } from './KycUser';
import type { ShareTokens } from './shareTokens';

/** How share tokens are minted at Persona. */
export interface PersonaOptions {
  /** Persona API key, sent as `Authorization: Bearer`. */
  readonly apiKey: string | undefined;
  /** Your Connect connection with Coinflow, `cxn_…`. Comes out of the Persona Connect partnership. */
  readonly connectionId: string | undefined;
  /** The user's completed inquiry, `inq_…`, from your own records; `null` where there is none. */
  readonly inquiryId: (user: KycUser) => string | null | undefined | Promise<string | null | undefined>;
  /** Sent as `Persona-Version`. @default your account's default */
  readonly personaVersion?: string;
  /** @default 'https://api.withpersona.com/api/v1' */
  readonly baseUrl?: string;
  /** Longest wait for Persona, in ms. @default 10000 */
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
}

/**
 * Mints share tokens at Persona.
 *
 * Source: Persona, `POST /connect/share-tokens`; the token is `data.id` (`cnst_…`) of the answer. A user's e-mail address comes from `authenticate`.
 *
 * @throws {TypeError} a missing or odd key, or a missing connection, when called
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
  if (!apiKey) throw new TypeError('kyc-reuse-gate: the Persona `apiKey` is empty.');
  if (!isHeaderText(apiKey))
    throw new TypeError(
      'kyc-reuse-gate: the Persona `apiKey` holds spaces or odd characters. Pass the key alone, without "Bearer".',
    );
  if (!connectionId)
    throw new TypeError(
      'kyc-reuse-gate: the Persona `connectionId` is empty. It comes out of the Connect partnership with Coinflow.',
    );

  return async (user) => {
    const sourceId = await inquiryId(user);
    if (!sourceId) return null;
    if (!user.email)
      throw new KitError('internal', {
        message: 'Coinflow needs an e-mail address for a Persona share token. Give `email` in `authenticate`.',
      });
    const answer = await fetchJson(
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
      message: `Persona gave no share token (${answer.status}). Check the API key, the connection id and that the inquiry is completed.`,
      upstreamStatus: answer.status,
      retryAfterSeconds: answer.retryAfterSeconds,
    });
  };
}
