import type { VerificationLink, WithdrawerRecord } from './WithdrawerRecord';

/** The trimmed answer on the wire: Coinflow's own shape, without what has no business in a browser. */
export interface WireAnswer {
  readonly httpStatus: 200 | 451;
  readonly body: {
    readonly withdrawer: {
      readonly verification: { readonly status: string; readonly attested: boolean; readonly vendor?: string };
      readonly availability?: { readonly status: string };
      readonly watchlistExempt?: string;
    };
    readonly verification?: { readonly status: string; readonly attested: boolean; readonly vendor?: string };
    readonly verificationLink?: string;
    readonly additionalVerificationLinks?: readonly VerificationLink[];
    readonly rejectionReasons?: readonly string[];
  };
}

/**
 * Writes a record the way Coinflow would answer it, so that a browser parses the kit's answer and a thin proxy's alike.
 * `parseRecord(httpStatus, body)` of the result gives the same record again.
 */
export function formatRecord(record: WithdrawerRecord): WireAnswer {
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
    },
  };
}
