import type { FailureCode, GateFailure } from '../contract/failures';
import { GateError } from '../contract/GateError';

/** The failure in an error, without the Error around it: results live in a query cache, and state is plain data. */
export function plainFailure(error: unknown, code: FailureCode = 'unreachable', message = 'An unexpected error.'): GateFailure {
  if (!(error instanceof GateError)) return { code, message };
  const { retryAt, httpStatus } = error;
  return {
    code: error.code,
    message: error.message,
    ...(retryAt !== undefined && { retryAt }),
    ...(httpStatus !== undefined && { httpStatus }),
  };
}
