import { expect } from 'vitest';
import { expectOpenedOnTime } from '../browser/expectOpenedOnTime';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey('who withdraws is told of once, to the latest handler', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate({}, { onSuccess: 'early' });
  await expectOpened(shop, visit);
  await visit.showGate({}, { onSuccess: 'late' });
  await visit.form.getByRole('button', { name: 'Withdraw' }).click();
  await visit.form.getByText('On its way').waitFor();
  await visit.hears('success late');
  // Still the same form, not loaded anew, and another function is nothing to warn of.
  expect(await visit.form.getByText('On its way').isVisible()).toBe(true);
  expectOpenedOnTime(shop, visit.user);
  expect(visit.told()).toEqual([]);
  expect(await visit.events()).toEqual(['checking', 'ready', 'success late']);
});

journey('a handler that is given only after the form has opened is called as well', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate();
  await expectOpened(shop, visit);
  await visit.showGate({}, { onSuccess: 'late' });
  await visit.form.getByRole('button', { name: 'Withdraw' }).click();
  await visit.hears('success late');
  expect((await visit.events()).filter((event) => event.startsWith('success'))).toEqual(['success late']);
});
