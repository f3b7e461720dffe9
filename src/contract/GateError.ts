import type { FailureCode, GateFailure } from './failures';

/** The one error class of this library: a {@link GateFailure} that can be thrown. */
export class GateError extends Error implements GateFailure {
  readonly code: FailureCode;
  readonly retryAt?: number;
  readonly httpStatus?: number;

  constructor({ code, message, retryAt, httpStatus }: GateFailure) {
    super(message);
    this.name = 'GateError';
    this.code = code;
    if (retryAt !== undefined) this.retryAt = retryAt;
    if (httpStatus !== undefined) this.httpStatus = httpStatus;
  }
}
