/** What CDP calls network conditions; throughput in bytes a second. */
export interface Network {
  readonly title: string;
  readonly latencyMs: number;
  readonly downloadThroughput: number;
  readonly uploadThroughput: number;
}

const megabit = 1_000_000 / 8;

/**
 * The two kinds of 4G are Chrome DevTools' own presets, with the factors DevTools applies to what it calls them (`front_end/core/sdk/NetworkManager.ts`:
 * `Fast4GConditions`, `Slow4GConditions`). Cable is WebPageTest's profile.
 */
export const networks = {
  cable: {
    title: 'Cable (5 / 1 Mbit/s, 28 ms)',
    latencyMs: 28,
    downloadThroughput: 5 * megabit,
    uploadThroughput: 1 * megabit,
  },
  fast4g: {
    title: 'Fast 4G (8.1 / 1.35 Mbit/s, 165 ms)',
    latencyMs: 60 * 2.75,
    downloadThroughput: 9 * megabit * 0.9,
    uploadThroughput: 1.5 * megabit * 0.9,
  },
  slow4g: {
    title: 'Slow 4G (1.44 / 0.675 Mbit/s, 562.5 ms)',
    latencyMs: 150 * 3.75,
    downloadThroughput: 1.6 * megabit * 0.9,
    uploadThroughput: 0.75 * megabit * 0.9,
  },
} as const satisfies Record<string, Network>;

/** Name of a network. */
export type NetworkName = keyof typeof networks;

/** How much slower than this machine. */
export const cpus = [1, 4] as const;

/** How long Coinflow takes to redeem a share token, in ms. */
export const redemptions = [300, 2_000] as const;

/** A returning user has a record already, so that nothing is redeemed. */
export const users = ['first', 'returning'] as const;

/** One column of conditions; all rows are measured in each. */
export interface Cell {
  readonly network: NetworkName;
  readonly cpu: (typeof cpus)[number];
  readonly user: (typeof users)[number];
  /** 0 for a returning user. */
  readonly redemptionMs: 0 | (typeof redemptions)[number];
}

/** Every cell, those of one redemption time together: each time needs services of its own. */
export const cells: readonly Cell[] = [...redemptions, 0 as const].flatMap((redemptionMs) =>
  (Object.keys(networks) as NetworkName[]).flatMap((network) =>
    cpus.map((cpu) => ({
      network,
      cpu,
      user: redemptionMs === 0 ? ('returning' as const) : ('first' as const),
      redemptionMs,
    })),
  ),
);

/** Unique, and the same in every run. */
export function cellName({ network, cpu, user, redemptionMs }: Cell): string {
  return [network, `${cpu}x`, user, ...(redemptionMs === 0 ? [] : [`${redemptionMs}ms`])].join('/');
}
