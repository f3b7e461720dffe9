import { type Explanation, explain } from '../contract/explain';

const warned = new Set<string>();

/** Writes a development warning, each once per page. Production builds write none. */
export function warnOnce(key: Explanation, detail?: string): void {
  if (process.env.NODE_ENV === 'production') return;
  const text = explain(key, detail);
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(`kyc-reuse-gate: ${text}`);
}
