import type { VerificationLink, WithdrawerRecord } from '../contract/record';

/** What a record means for the gate. */
export type Reading = 'blocked' | 'declined' | 'expired' | 'needsInput' | 'verified' | 'pending' | 'absent';

/** Interprets a record; `null` means "no record yet". The order of the lines is the precedence. */
export function readingOf(record: WithdrawerRecord | null): Reading {
  if (!record) return 'absent';
  if (record.availability === 'Blocked' || record.watchlist === 'Blocked') return 'blocked';
  if (record.status === 'rejected') return 'declined';
  if (record.status === 'expired') return 'expired';
  if ((record.moreNeeded && record.links.length > 0) || record.status === 'partial-approval') return 'needsInput';
  if (record.status === 'approved' || record.attested) return 'verified';
  return 'pending';
}

/** Whether a record opens the form. */
export function opens(record: WithdrawerRecord | null, openWhen: 'exists' | 'verified' = 'exists'): boolean {
  const reading = readingOf(record);
  if (reading === 'verified') return true;
  return openWhen === 'exists' && (reading === 'pending' || reading === 'needsInput');
}

/** Whether there is a record, and it needs no fresh registration. */
export function isUsable(record: WithdrawerRecord | null | undefined): boolean {
  return !!record && readingOf(record) !== 'expired';
}

/**
 * Carries `availability` and `watchlist` over from the subject's previous record if a later answer omits them, and a
 * blocked record as a whole if a later answer has none. A missing field never clears a block; only another value does.
 */
export function keepBlock(
  previous: WithdrawerRecord | null | undefined,
  record: WithdrawerRecord | null,
): WithdrawerRecord | null {
  if (!record) return previous && readingOf(previous) === 'blocked' ? previous : null;
  const { availability, watchlist } = previous ?? {};
  return {
    ...(availability !== undefined && { availability }),
    ...(watchlist !== undefined && { watchlist }),
    ...record,
  };
}

/** Hosts the gate sends users to by default, subdomains included. */
export const defaultLinkHosts: readonly string[] = ['coinflow.cash', 'withpersona.com', 'sumsub.com'];

/**
 * Keeps only the links a user may be sent to: https, on one of `hosts` or a subdomain, without a user name or a port.
 */
export function allowedLinks(
  links: readonly VerificationLink[],
  hosts: readonly string[] = defaultLinkHosts,
): readonly VerificationLink[] {
  return links.filter(({ link }) => {
    try {
      const { protocol, hostname, username, port } = new URL(link);
      const isHost = hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
      return protocol === 'https:' && !username && !port && isHost;
    } catch {
      return false;
    }
  });
}
