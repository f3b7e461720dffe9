import { type Explanation, explain } from '../contract/explain';
import { type FailureCode, failures, type GateFailure } from '../contract/failures';
import { GateError } from '../contract/GateError';

/** The failure in a caught error, without the Error around it: results live in a query cache, and state is plain data. */
export function plainFailure(
  error: unknown,
  code: FailureCode = 'unreachable',
  key: Explanation = 'unreachable',
): GateFailure {
  // JavaScript may throw one with a code of its own.
  return error instanceof GateError && Object.hasOwn(failures, error.failure.code)
    ? error.failure
    : { code, message: explain(key) };
}
