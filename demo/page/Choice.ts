import { type Scenario, scenarios } from '../../simulator/scenarios';
import type { Network, Vendor } from '../contract/DemoApi';

export type Theme = 'system' | 'light' | 'dark';

/** What the visitor has chosen behind the scenes. Lives in the page's address, so that a run can be passed on as a link. */
export interface Choice {
  readonly scenario: Scenario;
  readonly vendor: Vendor;
  readonly network: Network;
  readonly openWhen: 'exists' | 'verified';
  readonly gate: 'on' | 'off';
  readonly theme: Theme;
}

const values: { readonly [Key in keyof Choice]: readonly [Choice[Key], ...Choice[Key][]] } = {
  scenario: ['firstTime', ...(Object.keys(scenarios) as Scenario[])],
  vendor: ['persona', 'sumsub'],
  network: ['normal', 'slow', 'flaky'],
  openWhen: ['exists', 'verified'],
  gate: ['on', 'off'],
  theme: ['system', 'light', 'dark'],
};

/** Parses the query of the page's address; what is missing or odd takes its default. */
export function parseChoice(search: string): Choice {
  const query = new URLSearchParams(search);
  const value = <Key extends keyof Choice>(key: Key): Choice[Key] =>
    values[key].find((it) => it === query.get(key)) ?? values[key][0];
  return {
    scenario: value('scenario'),
    vendor: value('vendor'),
    network: value('network'),
    openWhen: value('openWhen'),
    gate: value('gate'),
    theme: value('theme'),
  };
}

/** The query for a choice, without what is default. */
export function formatChoice(choice: Choice): string {
  const query = new URLSearchParams(
    Object.entries(choice).filter(([key, value]) => values[key as keyof Choice][0] !== value) as [string, string][],
  );
  return query.size === 0 ? '' : `?${query.toString()}`;
}
