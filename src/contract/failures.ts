/**
 * What happens after a failure.
 *
 * - `transient`: polling continues in the background; the screen changes only after three in a row, or 10 s.
 * - `signIn`: polling stops; the gate reads again on focus and on retry.
 * - `final`: nothing more happens by itself.
 */
export type FailureCourse = 'transient' | 'signIn' | 'final';

interface FailureRow {
  /**
   * HTTP status a backend sends with this failure; `null` if only the browser can detect it. Never 502 or 504: edge
   * networks replace their bodies.
   */
  readonly httpStatus: number | null;
  readonly course: FailureCourse;
  /** Whether the user can try again. */
  readonly retry: boolean;
}

/**
 * The one table of failure codes. Server answers, polling, messages and types all read it.
 *
 * - `tokenRefused`: Coinflow answered 400: the applicant isn't approved, or the token is no longer valid.
 * - `tokenSpent`: the only token available may have been used, and there is no way to mint a new one.
 * - `tokenUnavailable`: Persona or Sumsub gave no share token.
 * - `noShareableVerification`: the user has no completed inquiry or applicant to share.
 * - `unauthenticated`, `forbidden`: not signed in to the merchant's site, or not allowed.
 * - `subjectMismatch`: the signed-in user isn't the gate's `subject`, for example because another
 *   tab signed in as someone else.
 * - `rateLimited`: a 429, or the gates of one user were about to exceed Coinflow's limit. The gate
 *   continues by itself at `retryAt`.
 * - `offline`, `unreachable`: the browser has no network, or the endpoint gave no answer.
 * - `server`: the backend, or a service behind it, failed. With a `Retry-After` the gate continues by itself at
 *   `retryAt`, and offers no retry until then.
 * - `malformed`: the endpoint's answer doesn't follow the contract.
 * - `misconfigured`: the gate or its endpoint is set up wrongly; the console says how to fix it.
 * - `withdrawUnavailable`: Coinflow's component could not be loaded.
 * - `withdrawBlocked`: the page's Content-Security-Policy keeps Coinflow's frame out.
 * - `renderFailed`: the form or the merchant's `children` threw while rendering.
 */
export const failures = {
  tokenRefused: { httpStatus: 400, course: 'final', retry: true },
  tokenSpent: { httpStatus: null, course: 'final', retry: false },
  tokenUnavailable: { httpStatus: 503, course: 'transient', retry: true },
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
  /** For developers: the cause and the fix; a short key in production builds. Never shown to end users. */
  readonly message: string;
  /** Wall-clock time (ms since 1970) before which the gate doesn't ask again. */
  readonly retryAt?: number;
  /** HTTP status of the answer that caused this, if there was one; 0 is a redirect. */
  readonly httpStatus?: number;
}

/** What happens after this failure. */
export function courseOf({ code }: GateFailure): FailureCourse {
  return failures[code].course;
}

/** Whether a failure lasts until the user has signed in. */
export function isSignIn(failure: GateFailure | undefined): boolean {
  return !!failure && courseOf(failure) === 'signIn';
}

/**
 * An error that carries a {@link GateFailure}. Throw one from your `shareToken` function to say why there is no token.
 */
export class GateError extends Error {
  override readonly name = 'GateError';

  constructor(readonly failure: GateFailure) {
    super(failure.message);
  }
}
