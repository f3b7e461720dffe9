import { type ShareToken, vendors } from '../../contract/vendors';
import { KitError } from '../answers';
import type { KycUser } from '../users';

/**
 * Mints a new share token for a user on each call: `personaShareTokens(...)`,
 * `sumsubShareTokens(...)` or your own function.
 *
 * @returns `null` if the user has no completed inquiry or applicant to share
 */
export type ShareTokens = (user: KycUser) => ShareToken | null | Promise<ShareToken | null>;

/**
 * Parses the share token in a browser's POST. An e-mail address or country from `authenticate` takes
 * precedence over the browser's.
 *
 * @returns `undefined` for `{}`, which asks the backend to mint the token
 * @throws {KitError} `badRequest`
 */
export function parseBrowserToken(body: unknown, user: KycUser): ShareToken | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrong('send a JSON object');
  const { vendor, shareToken, email: sentEmail, country: sentCountry } = body as Record<string, unknown>;
  if (vendor === undefined && shareToken === undefined) return undefined;
  const known = vendors.find((name) => name === vendor);
  if (!known) throw wrong(`\`vendor\` must be one of ${vendors.join(', ')}`);
  if (typeof shareToken !== 'string' || !shareToken || shareToken.length > maxTokenLength) {
    throw wrong('`shareToken` must be a string of at most 2048 characters');
  }
  const email = user.email ?? sentEmail;
  if (typeof email !== 'string' || !email) throw wrong('`email` is missing; return it from `authenticate`');
  if (known === 'persona') return { vendor: known, shareToken, email };
  const country = user.country ?? sentCountry;
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country))
    throw wrong('`country` must be an ISO 3166-1 alpha-2 code; return it from `authenticate`');
  return { vendor: known, shareToken, email, country };
}

/** Twice the length of Sumsub's longest token. */
const maxTokenLength = 2048;

function wrong(what: string): KitError {
  return new KitError('badRequest', { message: `The request body is not a share token: ${what}.` });
}
