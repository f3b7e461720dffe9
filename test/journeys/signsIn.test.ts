import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

journey(
  'who is not signed in is asked to, and goes on when the window has the focus again',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.signOut();
    await visit.showGate({ endpoint: '/api/kyc-sumsub' });
    await visit.heading('Please sign in').waitFor();
    expect(await visit.events()).toEqual(['checking', 'failed', 'error unauthenticated']);
    expect(shop.log(visit.user)).toEqual([]);

    await visit.elsewhere(() => visit.signIn(visit.user));
    await expectOpened(shop, visit);
  },
);

journey('whose session has ended while the record is awaited can sign in and try again', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  await visit.showGate(byReads);
  await visit.hears('processing');
  await visit.signOut();
  await visit.heading('Please sign in').waitFor();
  await visit.signIn(visit.user);
  await visit.button('Try again').click();
  await expectOpened(shop, visit);
});
