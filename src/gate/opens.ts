import type { Reading } from './readingOf';

/** Whether a reading lets the form open. */
export function opens(reading: Reading, openWhen: 'exists' | 'verified' = 'exists'): boolean {
  if (reading === 'verified') return true;
  return openWhen === 'exists' && (reading === 'pending' || reading === 'needsInput');
}
