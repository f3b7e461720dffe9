import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

journey(
  'who comes while the backend is down gets the form once it is up, without a reload',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.backend.isDown = true;
    await visit.showGate({ endpoint: '/api/kyc-sumsub' });
    await visit.heading('No connection').waitFor();
    expect(await visit.events()).toEqual(['checking', 'failed', 'error unreachable']);
    expect(await visit.page.getByRole('alert').textContent()).toContain('cannot be reached');
    expect(shop.log(visit.user)).toEqual([]);

    shop.backend.isDown = false;
    await expectOpened(shop, visit);
  },
);

journey(
  'whose backend goes down while the record is awaited is told, can try again, and gets the form',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate(byReads);
    await visit.hears('processing');
    shop.backend.isDown = true;
    await visit.heading('No connection').waitFor();
    shop.backend.isDown = false;
    await visit.button('Try again').click();
    await expectOpened(shop, visit);
    expect((await visit.events()).filter((event) => event === 'registering')).toHaveLength(1);
  },
);
