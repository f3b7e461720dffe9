import { type ShareToken, vendors } from '../contract/vendors';
import { KitError } from './KitError';
import type { KycUser } from './KycUser';

/**
 * Reads a token that a browser sent. E-mail address and country come from `authenticate` where it gives them: a browser may not choose them then.
 *
 * @returns `undefined` for `{}`, which asks the backend to mint the token
 * @throws {KitError} `badRequest`
 */
export function parseBrowserToken(body: unknown, user: KycUser): ShareToken | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrong('a JSON object was expected');
  const { vendor, shareToken, email: sentEmail, country: sentCountry } = body as Record<string, unknown>;
  if (vendor === undefined && shareToken === undefined) return undefined;
  const known = vendors.find((name) => name === vendor);
  if (!known) throw wrong(`\`vendor\` must be one of ${vendors.join(', ')}`);
  if (typeof shareToken !== 'string' || !shareToken || shareToken.length > maxTokenLength) {
    throw wrong('`shareToken` must be a text of at most 2048 characters');
  }
  const email = user.email ?? sentEmail;
  if (typeof email !== 'string' || !email) throw wrong('`email` is missing; give it in `authenticate`');
  if (known === 'persona') return { vendor: known, shareToken, email };
  const country = user.country ?? sentCountry;
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country))
    throw wrong('`country` must be an ISO 3166-1 alpha-2 code; give it in `authenticate`');
  return { vendor: known, shareToken, email, country };
}

/** Twice what Sumsub allows. */
const maxTokenLength = 2048;

function wrong(what: string): KitError {
  return new KitError('badRequest', { message: `The request body is not a share token: ${what}.` });
}
