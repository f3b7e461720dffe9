/** How long to wait after a read, in ms, before jitter. */
export function rootInterval(firstMs: number, growthMs: number, maxMs: number): (waitedMs: number) => number {
  return (waitedMs) => Math.min(Math.max(growthMs * Math.sqrt(waitedMs / 1_000), firstMs), maxMs);
}

/** The same, but with the first interval throughout the first `denseMs`. */
export function denseInterval(
  denseMs: number,
  firstMs: number,
  growthMs: number,
  maxMs: number,
): (waitedMs: number) => number {
  const paced = rootInterval(firstMs, growthMs, maxMs);
  return (waitedMs) => (waitedMs < denseMs ? firstMs : paced(waitedMs));
}
