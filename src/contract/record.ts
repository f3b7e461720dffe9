/** A link where the user provides what is still missing. */
export interface VerificationLink {
  /** Coinflow's name for the step, if it gives one. */
  readonly name?: string;
  readonly link: string;
}

/**
 * The part of Coinflow's withdrawer record that the gate needs, and nothing else: no tokens, wallet,
 * e-mail, bank data or merchant.
 *
 * Unknown values of `status`, `availability` and `watchlist` are kept as they are:
 * Coinflow may add new ones at any time.
 */
export interface WithdrawerRecord {
  /** `verification.status`: `pending | partial-approval | approved | rejected | expired`, or a value added later. */
  readonly status: string;
  /** `verification.attested`. */
  readonly attested: boolean;
  /** `verification.vendor`: `persona`, `sumsub`, `sumsub_docv`, … */
  readonly vendor?: string;
  /** `withdrawer.availability.status`: `Functional | Blocked | Override`. Missing if Coinflow left it out. */
  readonly availability?: string;
  /** `withdrawer.watchlistExempt`: `Unknown | UnderReview | Passed | Blocked`. Missing if Coinflow left it out. */
  readonly watchlist?: string;
  /** Coinflow answered 451: the record exists, but the user has to provide more. */
  readonly moreNeeded: boolean;
  /** `verificationLink` first, then `additionalVerificationLinks`. Not yet checked against `linkHosts`. */
  readonly links: readonly VerificationLink[];
  /** `rejectionReasons` in Coinflow's words. For the merchant; the gate's own screens never show raw server text. */
  readonly reasons: readonly string[];
}

/** What your server read while rendering the page. Tagged with its subject, so that another user's gate ignores it. */
export interface InitialRecord {
  readonly subject: string;
  /** `null`: Coinflow had no record yet. The gate then registers at once, without a GET first. */
  readonly record: WithdrawerRecord | null;
}

/**
 * Tells Coinflow's "there is no record yet" from a real 401.
 *
 * Source: Coinflow answers `GET /withdraw` with 401 and a text like "No withdrawer associated with wallet…" in
 * `message` or `details` if there is no record. A 401 without such a text means a bad API key.
 */
export const absentPattern = /no withdrawer associated/i;

/**
 * Whether an error answer says, in Coinflow's own words, that there is no record yet. Accepts
 * Coinflow's 401 and a proxy's 404.
 */
export function saysAbsent(httpStatus: number, body: unknown): boolean {
  if ((httpStatus !== 401 && httpStatus !== 404) || typeof body !== 'object' || body === null) return false;
  const { message, details } = body as { message?: unknown; details?: unknown };
  return [message, details].some((text) => typeof text === 'string' && absentPattern.test(text));
}

/**
 * Parses an answer about a withdrawer: Coinflow's own, the kit's, or a thin proxy's. The one place that decides
 * what counts as "no record yet".
 *
 * @param body the parsed JSON; `undefined` if the body wasn't JSON
 * @returns the record; `null` if there is none yet; `undefined` for any other answer, which must never open the gate
 */
export function parseAnswer(httpStatus: number, body: unknown): WithdrawerRecord | null | undefined {
  if (saysAbsent(httpStatus, body)) return null;
  // A 404 page comes from a wrong URL. Taking it for "no record yet" would cost a share token.
  if (httpStatus === 404 && body !== undefined) return null;
  if (httpStatus !== 200 && httpStatus !== 451) return undefined;
  if (httpStatus === 200 && (body as { withdrawer?: unknown } | null | undefined)?.withdrawer === null) return null;
  try {
    return parseRecord(httpStatus, body);
  } catch {
    return undefined;
  }
}

/**
 * Hand-written to keep the browser entry small: the same checks in a schema library weighed 1 kB more.
 *
 * @throws {TypeError} a required field is missing, or a field has the wrong type
 */
function parseRecord(httpStatus: number, body: unknown): WithdrawerRecord {
  const answer = object(body);
  const withdrawer = object(answer.withdrawer);
  const verification = object(answer.verification ?? withdrawer.verification);
  const { attested = null } = verification;
  const status = text(verification.status);
  if (!status || (attested !== null && typeof attested !== 'boolean')) throw new TypeError();
  const vendor = text(verification.vendor);
  const availability = text(object(withdrawer.availability ?? {}).status);
  const watchlist = text(withdrawer.watchlistExempt);
  const main = answer.verificationLink == null ? [] : [{ link: answer.verificationLink }];
  // Omit missing keys: frameworks can't serialise `undefined` in props that a server hands to a page.
  return {
    status,
    attested: attested === true,
    ...(vendor !== undefined && { vendor }),
    ...(availability !== undefined && { availability }),
    ...(watchlist !== undefined && { watchlist }),
    moreNeeded: httpStatus === 451,
    links: [...main, ...list(answer.additionalVerificationLinks)].map(parseLink),
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
