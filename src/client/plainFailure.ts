import { type Explanation, explain } from '../contract/explain';
import type { FailureCode, GateFailure } from '../contract/failures';
import { GateError } from '../contract/GateError';

/** The failure in a caught error, without the Error around it: results live in a query cache, and state is plain data. */
export function plainFailure(error: unknown, code: FailureCode = 'unreachable', key: Explanation = 'unreachable'): GateFailure {
  return error instanceof GateError ? error.failure : { code, message: explain(key) };
}
