import type { Scenario, Simulator } from '../../simulator';
import type { CoinflowOptions, ShareTokens } from '../../src/server';
import type { Setup, Vendor } from '../contract/DemoApi';
import type { Session } from './createSessions';

/** Coinflow and the vendors, simulated or real, as the merchant's backend needs them. */
export interface Providers {
  readonly setup: Setup;
  readonly coinflow: CoinflowOptions;
  readonly shareTokens: Readonly<Partial<Record<Vendor, ShareTokens>>>;
  /** Only where the providers are simulated. */
  readonly simulator: Pick<Simulator, 'log' | 'giveInput'> | undefined;
  /** The user to sign in: a new one at the beginning of the scenario, or the one real user. */
  userOf(scenario: Scenario): Session['user'];
}
