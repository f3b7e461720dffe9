/** A link at which the user gives what is still missing. */
export interface VerificationLink {
  /** What the step is called, where Coinflow names it. */
  readonly name?: string;
  readonly link: string;
}

/**
 * The part of Coinflow's withdrawer record that the gate needs, and nothing else: no tokens, wallet, e-mail, bank data or merchant.
 *
 * Unknown values of `status`, `availability` and `watchlist` are kept as they come: Coinflow may add new ones at any time.
 */
export interface WithdrawerRecord {
  /** `verification.status`: `pending | partial-approval | approved | rejected | expired`, or a value added later. */
  readonly status: string;
  /** `verification.attested`. */
  readonly attested: boolean;
  /** `verification.vendor`: `persona`, `sumsub`, `sumsub_docv`, … */
  readonly vendor?: string | undefined;
  /** `withdrawer.availability.status`: `Functional | Blocked | Override`. Missing where Coinflow left it out. */
  readonly availability?: string | undefined;
  /** `withdrawer.watchlistExempt`: `Unknown | UnderReview | Passed | Blocked`. Missing where Coinflow left it out. */
  readonly watchlist?: string | undefined;
  /** Coinflow answered 451: the record exists, and it asks for more. */
  readonly moreNeeded: boolean;
  /** `verificationLink` first, then `additionalVerificationLinks`. Not yet checked against `linkHosts`. */
  readonly links: readonly VerificationLink[];
  /** `rejectionReasons`, as Coinflow wrote them. For the merchant's eyes; the gate's screens never show raw server text. */
  readonly reasons: readonly string[];
}

/** A record read on the server, tagged with the subject it belongs to, so that another user's page ignores it. */
export interface InitialRecord {
  readonly subject: string;
  readonly record: WithdrawerRecord;
}
