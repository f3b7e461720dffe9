import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { journey } from './journey';

journey(
  'where the page’s policy keeps Coinflow’s frame out, the user is told, and the developer gets the exact line',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning', { path: '/framing-nothing' });
    await visit.showGate({ support: 'help@shop.test' });
    await visit.heading('The payout form did not load').waitFor();
    expect(await visit.page.getByRole('link', { name: 'Contact support' }).isVisible()).toBe(true);
    expect((await visit.events()).filter((event) => event.startsWith('error'))).toEqual(['error withdrawBlocked']);
    expect(visit.told()).toEqual([
      "kyc-reuse-gate: The page's Content-Security-Policy blocks Coinflow's frame. Add to the policy: frame-src http://localhost:3000",
    ]);
    expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);
  },
);
