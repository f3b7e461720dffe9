import type { RequestFailures } from '../gate/GateSnapshot';
import { plainFailure } from './plainFailure';

/** A row of failures with one more at its end. */
export function countFailure(row: RequestFailures | undefined, error: unknown): RequestFailures {
  const at = Date.now();
  return { failure: plainFailure(error), count: (row?.count ?? 0) + 1, since: row?.since ?? at, at };
}
