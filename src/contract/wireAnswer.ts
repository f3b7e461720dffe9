import type { VerificationLink, WithdrawerRecord } from './record';

interface Verification {
  readonly status: string;
  readonly attested: boolean;
  readonly vendor?: string;
}

/** The trimmed answer on the wire: Coinflow's own shape, without anything that has no business in a browser. */
export interface WireAnswer {
  readonly httpStatus: 200 | 451;
  readonly body: {
    /** `null`: no record yet. */
    readonly withdrawer: {
      readonly verification: Verification;
      readonly availability?: { readonly status: string };
      readonly watchlistExempt?: string;
    } | null;
    readonly verification?: Verification;
    readonly verificationLink?: string;
    readonly additionalVerificationLinks?: readonly VerificationLink[];
    readonly rejectionReasons?: readonly string[];
    /** On the answer to a POST: Get Withdrawer returned this after the registration. Only then may it open the form. */
    readonly confirmed?: true;
  };
}

/**
 * Writes a record the way Coinflow would answer it, so that the browser reads the kit and a thin proxy alike.
 * `parseAnswer(httpStatus, body)` on the result gives the same record back.
 *
 * "No record yet" is a 200: a 404 would show up red in the console of every first-time user, count as an error in
 * monitoring, and be replaced by an HTML page on some CDNs.
 *
 * @param confirmed marks the answer to a POST as read from Get Withdrawer after the registration. @default false
 */
export function formatRecord(record: WithdrawerRecord | null, confirmed = false): WireAnswer {
  const flag = confirmed && { confirmed: true as const };
  if (!record) return { httpStatus: 200, body: { withdrawer: null, ...flag } };
  const verification = {
    status: record.status,
    attested: record.attested,
    ...(record.vendor !== undefined && { vendor: record.vendor }),
  };
  const [first, ...rest] = record.links;
  const main = first && first.name === undefined ? first.link : undefined;
  const additional = main === undefined ? record.links : rest;
  return {
    httpStatus: record.moreNeeded ? 451 : 200,
    body: {
      withdrawer: {
        verification,
        ...(record.availability !== undefined && { availability: { status: record.availability } }),
        ...(record.watchlist !== undefined && { watchlistExempt: record.watchlist }),
      },
      ...(record.moreNeeded && { verification }),
      ...(main !== undefined && { verificationLink: main }),
      ...(additional.length > 0 && { additionalVerificationLinks: additional }),
      ...(record.reasons.length > 0 && { rejectionReasons: record.reasons }),
      ...flag,
    },
  };
}
