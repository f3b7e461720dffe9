/** A schedule of the gate's form, with constants of its own: how long to wait after a read, in ms, before jitter. */
export function rootInterval(firstMs: number, growthMs: number, maxMs: number): (waitedMs: number) => number {
  return (waitedMs) => Math.min(Math.max(growthMs * Math.sqrt(waitedMs / 1_000), firstMs), maxMs);
}
