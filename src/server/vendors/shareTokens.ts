import { isShareToken, type ShareToken, vendors } from '../../contract/vendors';
import { KitError } from '../answers';
import { isCountryCode } from '../countries';
import { isEmail, type KycUser } from '../users';

/** What one call of {@link ShareTokens} is told about its registration. */
export interface MintContext {
  /** Random, one per registration attempt: usable as an idempotency key at the vendor. Says nothing about the user. */
  readonly attemptId: string;
  /** Aborts when the request's time is up. */
  readonly signal: AbortSignal;
  /** Time left for this call, in ms, when it begins. */
  readonly leftMs: number;
}

/**
 * Mints a new share token for a user on each call: `personaShareTokens(...)`,
 * `sumsubShareTokens(...)` or your own function.
 *
 * @returns `null` if the user has no completed inquiry or applicant to share
 */
export type ShareTokens = (user: KycUser, context: MintContext) => ShareToken | null | Promise<ShareToken | null>;

/**
 * Checks what a {@link ShareTokens} function returned, and keeps only what Coinflow takes: a `country` beside a Persona
 * token is left out.
 *
 * @throws {KitError} `noShareableVerification`: nothing to share; `internal`: not a share token
 */
export function parseMintedToken(token: unknown): ShareToken {
  if (token == null) throw new KitError('noShareableVerification');
  if (!isShareToken(token))
    throw new KitError('internal', {
      message:
        '`shareTokens` returned something that is not a share token. Return { vendor, shareToken, email }, plus country for Sumsub.',
    });
  const { vendor, shareToken, email } = token;
  if (vendor === 'persona') return { vendor, shareToken, email };
  if (isCountryCode(token.country)) return { vendor, shareToken, email, country: token.country };
  throw new KitError('internal', {
    message:
      '`shareTokens` returned a `country` that is not an ISO 3166-1 alpha-2 code. Return two upper-case letters, like US or DE.',
  });
}

/**
 * Parses the share token in a browser's POST. The e-mail address and the country are those of `authenticate`.
 *
 * @param acceptContact whether the browser may add the ones that `authenticate` left out
 * @returns `undefined` for `{}`, which asks the backend to mint the token
 * @throws {KitError} `badRequest`; `internal`: `authenticate` left out what Coinflow needs
 */
export function parseBrowserToken(body: unknown, user: KycUser, acceptContact = false): ShareToken | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrong('send a JSON object');
  const { vendor, shareToken, email: sentEmail, country: sentCountry } = body as Record<string, unknown>;
  if (vendor === undefined && shareToken === undefined) return undefined;
  const known = vendors.find((name) => name === vendor);
  if (!known) throw wrong(`\`vendor\` must be one of ${vendors.join(', ')}`);
  if (typeof shareToken !== 'string' || !shareToken || shareToken.length > maxTokenLength) {
    throw wrong('`shareToken` must be a string of at most 2048 characters');
  }
  const contactOf = (name: 'email' | 'country', sent: unknown) => {
    if (user[name]) return user[name];
    if (acceptContact) return sent;
    throw new KitError('internal', {
      message: `Coinflow needs \`${name}\` with a ${known} share token. Return it from \`authenticate\`, or set \`browserTokens.acceptContact\` to take the browser’s.`,
    });
  };
  const email = contactOf('email', sentEmail);
  if (!isEmail(email)) throw wrong('`email` is missing or not an e-mail address; better return it from `authenticate`');
  if (known === 'persona') return { vendor: known, shareToken, email };
  const country = contactOf('country', sentCountry);
  if (!isCountryCode(country))
    throw wrong('`country` must be an ISO 3166-1 alpha-2 code; better return it from `authenticate`');
  return { vendor: known, shareToken, email, country };
}

/** Twice the length of Sumsub's longest token. */
const maxTokenLength = 2048;

function wrong(what: string): KitError {
  return new KitError('badRequest', { message: `The request body is not a share token: ${what}.` });
}
