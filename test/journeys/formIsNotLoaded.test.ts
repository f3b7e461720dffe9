import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'when the chunk of the form cannot be loaded, the user can try again, and the developer is told what to install',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await visit.page.route('**/CoinflowForm*', (route) => route.abort());
    await visit.showGate();
    await visit.heading('The payout form did not load').waitFor();
    expect(await visit.events()).toEqual(['checking', 'ready', 'failed', 'error withdrawUnavailable']);
    expect(visit.told()).toHaveLength(1);
    expect(visit.told()[0]).toContain('npm install @coinflowlabs/react@5 @solana/web3.js@1 bs58@5');
    expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);

    await visit.page.unroute('**/CoinflowForm*');
    await visit.button('Try again').click();
    await expectOpened(shop, visit);
  },
);
