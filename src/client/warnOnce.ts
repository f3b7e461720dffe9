const warned = new Set<string>();

/** Writes one development warning per `key` and page. Production builds drop the call and its text. */
export function warnOnce(key: string, message: string): void {
  if (process.env.NODE_ENV === 'production' || warned.has(key)) return;
  warned.add(key);
  console.warn(`kyc-reuse-gate: ${message}`);
}
