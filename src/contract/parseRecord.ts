import type { VerificationLink, WithdrawerRecord } from './WithdrawerRecord';

/** Thrown by {@link parseRecord}; `message` names the field and what was expected there. */
export class ShapeError extends Error {}

/**
 * Parses Coinflow's answer about a withdrawer, trimmed or whole, into a record.
 *
 * Written by hand because the browser entry has a budget: the same checks in a schema library weighed 1.4 kB more.
 *
 * @param httpStatus 200, or 451 where the record exists and more is needed
 * @throws {ShapeError} when a field that decides something is missing or of another type. An odd answer must never open the gate.
 */
export function parseRecord(httpStatus: number, body: unknown): WithdrawerRecord {
  const answer = asObject(body, 'answer');
  const withdrawer = asObject(answer.withdrawer, 'withdrawer');
  const verification = asObject(answer.verification ?? withdrawer.verification, 'withdrawer.verification');
  const availability =
    withdrawer.availability == null
      ? undefined
      : optionalText(asObject(withdrawer.availability, 'withdrawer.availability').status, 'withdrawer.availability.status');
  const watchlist = optionalText(withdrawer.watchlistExempt, 'withdrawer.watchlistExempt');
  const vendor = optionalText(verification.vendor, 'verification.vendor');
  const status = optionalText(verification.status, 'verification.status');
  if (!status) throw new ShapeError('verification.status: a text was expected');
  if (verification.attested != null && typeof verification.attested !== 'boolean') {
    throw new ShapeError('verification.attested: true or false was expected');
  }
  return {
    status,
    attested: verification.attested === true,
    ...(vendor !== undefined && { vendor }),
    ...(availability !== undefined && { availability }),
    ...(watchlist !== undefined && { watchlist }),
    moreNeeded: httpStatus === 451,
    links: [
      ...(answer.verificationLink == null ? [] : [{ link: answer.verificationLink }]),
      ...asList(answer.additionalVerificationLinks, 'additionalVerificationLinks'),
    ].map(parseLink),
    reasons: asList(answer.rejectionReasons, 'rejectionReasons').filter((reason) => typeof reason === 'string'),
  };
}

function parseLink(value: unknown): VerificationLink {
  const { name, link } = asObject(value, 'additionalVerificationLinks[]');
  if (typeof link !== 'string') throw new ShapeError('verification link: a text was expected');
  return { link, ...(typeof name === 'string' && { name }) };
}

function asObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ShapeError(`${field}: an object was expected`);
}

function asList(value: unknown, field: string): unknown[] {
  if (value == null) return [];
  if (Array.isArray(value)) return value;
  throw new ShapeError(`${field}: a list was expected`);
}

function optionalText(value: unknown, field: string): string | undefined {
  if (value == null) return undefined;
  if (typeof value === 'string') return value;
  throw new ShapeError(`${field}: a text was expected`);
}
