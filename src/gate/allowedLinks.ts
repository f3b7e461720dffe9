import type { VerificationLink } from '../contract/WithdrawerRecord';

/** Hosts, with their subdomains, to which the gate sends a user by default. */
export const defaultLinkHosts: readonly string[] = ['coinflow.cash', 'withpersona.com', 'sumsub.com'];

/** Keeps the links a user may be sent to: https, on one of `hosts` or a subdomain of it, without a user name or an odd port. */
export function allowedLinks(
  links: readonly VerificationLink[],
  hosts: readonly string[],
): readonly VerificationLink[] {
  return links.filter(({ link }) => {
    try {
      const { protocol, hostname, username, port } = new URL(link);
      return (
        protocol === 'https:' &&
        !username &&
        !port &&
        hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
      );
    } catch {
      return false;
    }
  });
}
