import type { RegistrationResult } from './GateSnapshot';
import { maxAttempts } from './timing';

/** Whether a registration with unknown outcome may be followed by another one without the user asking. A 200 that was a page would be one again. */
export function triesAgain({ attempt, failure }: RegistrationResult): boolean {
  return attempt < maxAttempts && failure?.code !== 'malformed';
}
