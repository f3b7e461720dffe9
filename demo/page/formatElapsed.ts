/** Time since the click, as text. */
export function formatElapsed(ms: number): string {
  if (ms < 0) return 'before';
  return `${(ms / 1000).toFixed(2)} s`;
}
