import type { Party } from '../contract/DemoApi';

/** Who takes part, as the timeline calls them. */
export const partyNames: Readonly<Record<Party, string>> = {
  browser: 'Browser',
  backend: 'Lumen',
  persona: 'Persona',
  sumsub: 'Sumsub',
  coinflow: 'Coinflow',
  page: 'Payout page',
};
