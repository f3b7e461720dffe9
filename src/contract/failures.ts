/**
 * What happens after a failure.
 *
 * - `transient`: polling goes on behind; the screen changes only after three in a row, or 10 s.
 * - `signIn`: polling stops; the gate reads again on focus and on retry.
 * - `final`: nothing goes on by itself.
 */
export type FailureCourse = 'transient' | 'signIn' | 'final';

interface FailureRow {
  /** Status a backend answers this failure with; `null` where only the browser can find it. */
  readonly httpStatus: number | null;
  readonly course: FailureCourse;
  /** Whether the user is offered to try again. */
  readonly retry: boolean;
}

/**
 * The one table of failure codes. Server answers, polling, messages and types all read it.
 *
 * - `tokenRefused`: Coinflow answered 400; the applicant is not approved, or the token was no longer good.
 * - `tokenSpent`: the only token there is may have been used, and a new one cannot be minted.
 * - `tokenUnavailable`: Persona or Sumsub did not give a share token.
 * - `noShareableVerification`: the user has no completed inquiry or applicant to share.
 * - `unauthenticated`, `forbidden`: not signed in at the merchant, or not allowed.
 * - `subjectMismatch`: the signed-in user is not the gate's `subject` (another tab signed in as somebody else).
 * - `rateLimited`: 429, or the gates of one user were about to ask more often than Coinflow allows; `retryAt` says when the gate goes on by itself.
 * - `offline`, `unreachable`: the browser has no network, or the endpoint gave no answer.
 * - `server`: the backend, or something behind it, failed. With a `Retry-After` the gate goes on by itself at `retryAt`, and offers no retry until then.
 * - `malformed`: the endpoint answered something that is not the contract.
 * - `misconfigured`: the gate or its endpoint is set up wrongly; the console says how to mend it.
 * - `withdrawUnavailable`: Coinflow's component could not be loaded.
 * - `withdrawBlocked`: the page's Content-Security-Policy keeps Coinflow's frame out.
 * - `renderFailed`: the merchant's own `children` threw.
 */
export const failures = {
  tokenRefused: { httpStatus: 400, course: 'final', retry: true },
  tokenSpent: { httpStatus: null, course: 'final', retry: false },
  tokenUnavailable: { httpStatus: 502, course: 'transient', retry: true },
  noShareableVerification: { httpStatus: 409, course: 'final', retry: true },
  unauthenticated: { httpStatus: 401, course: 'signIn', retry: true },
  forbidden: { httpStatus: 403, course: 'signIn', retry: true },
  subjectMismatch: { httpStatus: 409, course: 'signIn', retry: true },
  rateLimited: { httpStatus: 429, course: 'transient', retry: false },
  offline: { httpStatus: null, course: 'transient', retry: true },
  unreachable: { httpStatus: null, course: 'transient', retry: true },
  server: { httpStatus: 500, course: 'transient', retry: true },
  malformed: { httpStatus: null, course: 'transient', retry: true },
  misconfigured: { httpStatus: null, course: 'final', retry: true },
  withdrawUnavailable: { httpStatus: null, course: 'final', retry: true },
  withdrawBlocked: { httpStatus: null, course: 'final', retry: false },
  renderFailed: { httpStatus: null, course: 'final', retry: true },
} as const satisfies Record<string, FailureRow>;

/** Code of a failure, one per row of {@link failures}. */
export type FailureCode = keyof typeof failures;

/** A coded failure as plain data. Holds no token, no session key and no server text. */
export interface GateFailure {
  readonly code: FailureCode;
  /** For developers: the cause, and what to do about it; a short key in production builds. Never shown to end users. */
  readonly message: string;
  /** Wall-clock time (ms since 1970) before which the gate does not ask again. */
  readonly retryAt?: number;
  /** HTTP status that led here, when there was an answer; 0 is a redirect. */
  readonly httpStatus?: number;
}
