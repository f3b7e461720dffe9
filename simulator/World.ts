import type { Fault } from './faults';
import type { Scenario } from './scenarios';

/** Keys and ids the simulator insists on, and how fast it is. */
export interface SimulatorConfig {
  readonly merchantId: string;
  readonly apiKey: string;
  readonly personaApiKey: string;
  readonly personaConnectionId: string;
  readonly sumsubAppToken: string;
  readonly sumsubSecretKey: string;
  readonly sumsubClientId: string;
  /** How long Coinflow takes to redeem a Persona token, in ms. Source: redemption is asynchronous. @default 2000 */
  readonly personaRedemptionMs: number;
  /** The same for Sumsub; a function draws one for each registration. @default 0 */
  readonly sumsubRedemptionMs: number | (() => number);
  /** Wall clock, ms. */
  readonly now: () => number;
}

/** Coinflow's record of a user. `readableAt` lies in the future while a token is being redeemed. */
export interface StoredRecord {
  readonly readableAt: number;
  readonly vendor: string;
  readonly shareToken?: string;
  readonly origin: 'existing' | 'registered';
  reads: number;
}

/** One user at Coinflow. */
export interface SimulatedUser {
  scenario: Scenario;
  record: StoredRecord | undefined;
  inputGiven: boolean;
  readonly requests: number[];
  readonly registrations: number[];
  readonly misses: number[];
}

/** A share token a vendor has given out. */
export interface MintedToken {
  readonly vendor: 'persona' | 'sumsub';
  readonly userKey: string;
  readonly expiresAt: number;
  used: boolean;
}

/** One request, or one thing that happened. Never holds a key, a token or a query string. */
export interface LogEntry {
  readonly seq: number;
  /** Wall clock, ms. */
  readonly at: number;
  readonly service: 'coinflow' | 'persona' | 'sumsub' | 'page';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** `user:<id>` or `<blockchain>:<wallet>`, where the request named one. */
  readonly userKey?: string;
  /** Page: whether a record of this user was readable when the page was asked for. */
  readonly recordExisted?: boolean;
  /** Registration: the token was taken; the record is readable from this wall-clock ms on. */
  readonly readableAt?: number;
}

/** Something that Coinflow tells by webhook about a user. */
export interface KycChange {
  readonly userKey: string;
  readonly eventType: 'KYC Created' | 'KYC Success' | 'KYC Failure';
  readonly email: string;
  /** Wall clock, ms: may lie ahead, while a token is being redeemed. */
  readonly at: number;
}

/** Everything the simulated services share. */
export interface World {
  readonly config: SimulatorConfig;
  readonly users: Map<string, SimulatedUser>;
  readonly tokens: Map<string, MintedToken>;
  readonly sessionKeys: Map<string, { readonly userKey: string; readonly expiresAt: number }>;
  readonly idempotent: Map<string, string>;
  readonly faults: Fault[];
  readonly log: LogEntry[];
  readonly changeListeners: Set<(change: KycChange) => void>;
}

export function tellChange({ changeListeners }: World, change: KycChange): void {
  for (const listener of [...changeListeners]) listener(change);
}
