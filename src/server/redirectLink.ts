import type { ShareToken } from '../contract/vendors';

/**
 * Checks the option when the server starts: Coinflow sends users there.
 *
 * @throws {TypeError} not https (or http on this machine), or with credentials
 */
export function checkRedirectLink(link: string): void {
  if (!URL.canParse(link))
    throw new TypeError(
      'kyc-reuse-gate: `coinflow.redirectLink` is not a URL. Pass the whole address, like "https://shop.example/payout".',
    );
  const { protocol, hostname, username, password } = new URL(link);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if ((protocol !== 'https:' && !(protocol === 'http:' && isLocal)) || username || password)
    throw new TypeError(
      'kyc-reuse-gate: `coinflow.redirectLink` must begin with https:// and have no user name. Only localhost may be http://.',
    );
}

/**
 * The path of Get Withdrawer.
 *
 * Source: Coinflow, `GET /withdraw`, query `redirectLink`: where the user returns to from `verificationLink`.
 */
export function withdrawPath(redirectLink: string | undefined): string {
  return redirectLink === undefined ? '/withdraw' : `/withdraw?${new URLSearchParams({ redirectLink }).toString()}`;
}

/**
 * The body of a registration.
 *
 * Source: Coinflow, `POST /withdraw/kyc/share-token`: `redirectLink` is optional for Sumsub, and unknown for Persona.
 */
export function registrationBody(
  token: ShareToken,
  redirectLink: string | undefined,
): ShareToken & { readonly redirectLink?: string } {
  return token.vendor === 'persona' || redirectLink === undefined ? token : { ...token, redirectLink };
}
