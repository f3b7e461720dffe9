import { type FailureCourse, failures, type GateFailure } from './failures';

/** What happens after this failure. */
export function courseOf({ code }: GateFailure): FailureCourse {
  return failures[code].course;
}
