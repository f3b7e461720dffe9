import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey('whose session is still loading waits, and nothing is asked before it is known', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  await visit.show(visit.gateOf(null));
  await visit.heading('Getting your payout ready').waitFor();
  expect(await visit.asked()).toEqual([]);
  await visit.showGate({ polling: {} });
  await expectOpened(shop, visit);
  expect(await visit.events()).toEqual(['checking', 'checking', 'registering', 'ready']);
  expect((await visit.asked()).toSorted()).toEqual(['GET', 'GET', 'POST']);
});
