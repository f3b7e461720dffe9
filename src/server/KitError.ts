import { type KitErrorCode, kitErrors } from './kitErrors';

/** Details of a {@link KitError}. */
export interface KitErrorDetails {
  /** Says more than the table's message. Must hold no secret and no upstream text. */
  readonly message?: string;
  /** From the upstream's `Retry-After`, and passed on to the browser. */
  readonly retryAfterSeconds?: number | undefined;
  /** HTTP status of the upstream. */
  readonly upstreamStatus?: number;
  /** An error of the merchant's own function. Given to `onError`, never to the browser. */
  readonly cause?: unknown;
}

/**
 * A coded failure of the server kit. Redacted by construction: it never holds an upstream's body, a key, a share token, a session key or an e-mail address.
 * `cause` is set only where a function of yours threw, and holds what it threw.
 */
export class KitError extends Error {
  readonly code: KitErrorCode;
  readonly retryAfterSeconds?: number;
  readonly upstreamStatus?: number;

  constructor(code: KitErrorCode, { message, retryAfterSeconds, upstreamStatus, cause }: KitErrorDetails = {}) {
    super(message ?? kitErrors[code].message, cause === undefined ? undefined : { cause });
    this.name = 'KitError';
    this.code = code;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
    if (upstreamStatus !== undefined) this.upstreamStatus = upstreamStatus;
  }
}
