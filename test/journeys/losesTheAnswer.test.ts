import { expect, onTestFinished, vi } from 'vitest';
import { userKeyOf } from '../../simulator';
import { logEntries } from '../browser/logEntries';
import type { Shop } from '../browser/openShop';
import { expectOpened } from './expectOpened';
import { journey } from './journey';
import { recordIsHidden } from './recordIsHidden';

const { isMint, isRegistration } = logEntries;

const registrations = (shop: Shop, user: string) => shop.log(user).filter(isRegistration);

/** Coinflow's answer to the registration comes late, is lost, or the registration never arrives. */
const fault = (user: string, kind: 'drop' | { delayMs: number }, afterProcessing = false) =>
  ({
    service: 'coinflow',
    method: 'POST',
    path: 'share-token',
    userKey: userKeyOf(user),
    times: 1,
    afterProcessing,
    kind,
  }) as const;

/** Moves the services' clock on, and the one that the kit keeps its grace period by; the page has its own. */
function letServerTimePass(ms: number): void {
  for (const clock of [Date, performance]) {
    const now = clock.now.bind(clock);
    vi.spyOn(clock, 'now').mockImplementation(() => now() + ms);
  }
  onTestFinished(() => void vi.restoreAllMocks());
}

journey(
  'an answer lost between Coinflow and the backend is looked for by reads, and the form opens without a second token',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.simulator.inject(fault(visit.user, 'drop', true));
    await visit.showGate();
    await expectOpened(shop, visit);
    expect(shop.log(visit.user).filter(isMint)).toHaveLength(1);
    const asked = await visit.asked();
    expect(asked.filter((method) => method === 'POST')).toHaveLength(1);
    expect(asked[asked.indexOf('POST') + 1]).toBe('GET');
  },
);

journey(
  'an answer lost between the backend and the page is looked for by reads, and the form opens without a second token',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.backend.losesAnswersTo = 'POST';
    await visit.showGate();
    await expectOpened(shop, visit);
    expect(shop.log(visit.user).filter(isMint)).toHaveLength(1);
    const asked = await visit.asked();
    expect(asked.filter((method) => method === 'POST')).toHaveLength(1);
    expect(asked[asked.indexOf('POST') + 1]).toBe('GET');
  },
);

journey(
  'a registration that never arrived is made once more, with a new token, and not before the grace period is over',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { ownClock: true });
    shop.simulator.inject(fault(visit.user, 'drop'));
    await visit.showGate();
    await visit.hears('processing');
    await visit.page.clock.fastForward(8_000);
    await visit.page.evaluate(() => window.merchant.recheck());
    expect((await visit.asked()).filter((method) => method === 'POST')).toHaveLength(1);

    letServerTimePass(10_000);
    await visit.page.clock.fastForward(5_000);
    await expect.poll(() => registrations(shop, visit.user).map(({ status }) => status)).toEqual([0, 200]);
    await expect.poll(() => visit.state()).toBe('ready');
    expect(registrations(shop, visit.user)).toHaveLength(2);
    expect(shop.log(visit.user).filter(isMint)).toHaveLength(2);
    expect((await visit.asked()).filter((method) => method === 'POST')).toHaveLength(2);
  },
);

journey(
  'where no new token can be had, a registration that got no answer ends as tokenSpent, and a reload does not send the token again',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime', { ownClock: true });
    const gate = { endpoint: '/api/kyc-browser-tokens', shareToken: await shop.handOut(visit.user) };
    shop.simulator.inject(fault(visit.user, 'drop'));
    await visit.showGate(gate);
    await visit.hears('processing');
    await visit.page.reload();
    await visit.showGate(gate);
    await visit.hears('processing');
    await visit.page.clock.fastForward(11_000);
    await visit.hears('error tokenSpent');
    expect(registrations(shop, visit.user)).toHaveLength(1);
    expect(await visit.frames()).toEqual(['none']);
  },
);

journey('who reloads while the registration is out gets the form, registered once', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  shop.simulator.inject(fault(visit.user, { delayMs: 1_500 }));
  const sent = visit.page.waitForRequest((request) => request.method() === 'POST');
  await visit.showGate();
  await sent;
  await visit.page.reload();
  const before = (await visit.asked()).length;
  await visit.showGate();
  await expectOpened(shop, visit);
  expect((await visit.asked())[before]).toBe('GET');
  expect(registrations(shop, visit.user)).toMatchObject([{ status: 200 }]);
});

journey('who reloads after an answer was lost is not registered a second time', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  shop.simulator.inject(fault(visit.user, 'drop', true));
  shop.simulator.inject(recordIsHidden(visit.user));
  await visit.showGate();
  await visit.hears('processing');
  await visit.page.reload();
  // The kit knows that the lost one may still get through, and sends nothing.
  const answer = visit.page.waitForResponse((response) => response.request().method() === 'POST');
  await visit.showGate();
  expect((await answer).status()).toBe(503);
  shop.simulator.clearFaults();
  await expectOpened(shop, visit);
  expect(registrations(shop, visit.user)).toMatchObject([{ status: 200 }]);
});

journey(
  'who leaves the page while the registration is out, and comes back, gets the form, registered once',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    shop.simulator.inject(fault(visit.user, { delayMs: 1_500 }));
    const sent = visit.page.waitForRequest((request) => request.method() === 'POST');
    await visit.showGate();
    await sent;
    await visit.page.goto('about:blank');
    await visit.page.goBack();
    await visit.showGate();
    await expectOpened(shop, visit);
    expect(registrations(shop, visit.user)).toMatchObject([{ status: 200 }]);
  },
);

journey('a gate that is taken away while the registration is out, and put back, joins it', async ({ shop, arrive }) => {
  const visit = await arrive('firstTime');
  shop.simulator.inject(fault(visit.user, { delayMs: 1_500 }));
  const sent = visit.page.waitForRequest((request) => request.method() === 'POST');
  await visit.showGate();
  await sent;
  await visit.show(null);
  const before = (await visit.asked()).length;
  await visit.showGate();
  await expectOpened(shop, visit);
  const asked = await visit.asked();
  expect(asked[before]).toBe('GET');
  expect(asked.filter((method) => method === 'POST')).toHaveLength(1);
  expect(registrations(shop, visit.user)).toMatchObject([{ status: 200 }]);
});
