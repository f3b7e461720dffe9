import type { Scenario } from '../../simulator';

/** Where share tokens come from. */
export type Vendor = 'persona' | 'sumsub';

/** What the network between the browser and the merchant's backend is like. */
export type Network = 'normal' | 'slow' | 'flaky';

/** `GET /api/demo/setup`: what this demo runs on. */
export interface Setup {
  /** Simulated providers: every scenario can be played. Otherwise Coinflow's own environment, with one real user. */
  readonly isSimulated: boolean;
  readonly env: 'local' | 'sandbox' | 'staging' | 'staging-live';
  readonly merchantId: string;
  /** Those that are set up. */
  readonly vendors: readonly [Vendor, ...Vendor[]];
}

/** Body of `POST /api/demo/session`. */
export interface SignIn {
  readonly scenario: Scenario;
  readonly vendor: Vendor;
  readonly network: Network;
}

/** Its answer: who is signed in from now on. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
}

export type Party = 'browser' | 'backend' | 'persona' | 'sumsub' | 'coinflow' | 'page';

/** One request, in plain words. Holds no key, no token and no query string. */
export interface TimelineEntry {
  readonly id: string;
  /** Wall clock, ms. */
  readonly at: number;
  /** How long it took, in ms; `null` while it is under way. */
  readonly ms: number | null;
  readonly from: Party;
  readonly to: Party;
  readonly method: string;
  /** What was asked for. */
  readonly ask: string;
  /** What came back; empty while it is under way. */
  readonly answer: string;
  readonly status: number | null;
  readonly tone: 'good' | 'neutral' | 'bad';
}

/** `GET /api/demo/timeline?user=…&since=…`. */
export interface Timeline {
  /** Oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** Wall-clock ms of the moment the record came to exist; `null` while there is none. */
  readonly recordAt: number | null;
  /** Wall-clock ms of the first request for the payout form; `null` while there is none, and where the page is Coinflow's own. */
  readonly formAt: number | null;
}
