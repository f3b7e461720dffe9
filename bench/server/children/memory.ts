import { setTimeout as wait } from 'node:timers/promises';

/** What a process takes of the machine. */
export interface Usage {
  /** Resident memory after a forced garbage collection, in bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** The highest resident memory since the process began, in bytes. */
  readonly peakRss: number;
}

/** Collects garbage, then measures. */
export async function usageNow(): Promise<Usage> {
  const peakRss = process.resourceUsage().maxRSS * 1024;
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await wait(20);
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed, peakRss };
}

/** CPU time of this process so far, all its threads, in ms. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
