import type { VerificationLink, WithdrawerRecord } from './WithdrawerRecord';

/**
 * Parses Coinflow's answer about a withdrawer, trimmed or whole, into a record.
 *
 * Written by hand because the browser entry has a budget: the same checks in a schema library weighed 1 kB more.
 *
 * @param httpStatus 200, or 451 where the record exists and more is needed
 * @throws {TypeError} when a field that decides something is missing or of another type. An odd answer must never open the gate.
 */
export function parseRecord(httpStatus: number, body: unknown): WithdrawerRecord {
  const answer = object(body);
  const withdrawer = object(answer.withdrawer);
  const verification = object(answer.verification ?? withdrawer.verification);
  const { attested = null } = verification;
  const status = text(verification.status);
  if (!status || (attested !== null && typeof attested !== 'boolean')) throw new TypeError();
  return {
    status,
    attested: attested === true,
    vendor: text(verification.vendor),
    availability: text(object(withdrawer.availability ?? {}).status),
    watchlist: text(withdrawer.watchlistExempt),
    moreNeeded: httpStatus === 451,
    links: [
      ...list(answer.verificationLink == null ? null : [{ link: answer.verificationLink }]),
      ...list(answer.additionalVerificationLinks),
    ].map(parseLink),
    reasons: list(answer.rejectionReasons).filter((reason) => typeof reason === 'string'),
  };
}

function parseLink(value: unknown): VerificationLink {
  const { name, link } = object(value);
  if (typeof link !== 'string') throw new TypeError();
  return typeof name === 'string' ? { name, link } : { link };
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new TypeError();
}

function list(value: unknown): unknown[] {
  const items = value ?? [];
  if (Array.isArray(items)) return items;
  throw new TypeError();
}

function text(value: unknown): string | undefined {
  if (value == null || typeof value === 'string') return value ?? undefined;
  throw new TypeError();
}
