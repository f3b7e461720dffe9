import { expect } from 'vitest';
import { userKeyOf } from '../../simulator';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

const readsFail = (user: string, times: number) =>
  ({
    service: 'coinflow',
    method: 'GET',
    path: '/api/withdraw',
    userKey: userKeyOf(user),
    times,
    kind: { status: 503 },
  }) as const;
const failed = (log: { status: number }[]) => log.filter(({ status }) => status === 503).length;

journey('one failed read in a row is not worth a word', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  await visit.showGate(byReads);
  await visit.hears('processing');
  shop.simulator.inject(readsFail(visit.user, 1));
  await expectOpened(shop, visit);
  expect(failed(shop.log(visit.user))).toBe(1);
  expect(await visit.events()).toEqual(['checking', 'registering', 'processing', 'ready']);
});

journey('three failed reads in a row are told, and the gate goes on behind', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime', { ownClock: true });
  await visit.showGate(byReads);
  await visit.hears('processing');
  shop.simulator.inject(readsFail(visit.user, 3));
  await visit.heading('Something is not working on our side').waitFor();
  expect(failed(shop.log(visit.user))).toBe(3);
  expect(await visit.events()).toEqual(['checking', 'registering', 'processing', 'failed', 'error server']);

  await visit.page.clock.fastForward(12_000);
  await expectOpened(shop, visit);
  expect(shop.log(visit.user).filter(logEntries.isRegistration)).toHaveLength(1);
});
