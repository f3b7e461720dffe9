import { expect, test } from 'vitest';
import { openShop, type Shop } from '../browser/openShop';

/** A new user on the shop's page. */
export type Arrived = Awaited<ReturnType<Shop['arrive']>>;

/** Props of a gate that has no POST held: it reads until the record is there, as over a plain backend. */
export const byReads = { request: { preferWait: false } } as const;

/**
 * A test of one user's way, in a browser, in StrictMode, over real HTTP. `arrive` brings a new user to the shop's page; every page is closed afterwards.
 * None may have met an error that nobody caught, and no share token or session key may lie, or have lain on a page that was left, anywhere but where the design puts it.
 */
export const journey = test.extend<{ shop: Shop; arrive: (...args: Parameters<Shop['arrive']>) => Promise<Arrived> }>({
  shop: [
    async ({}, provide) => {
      const shop = await openShop();
      await provide(shop);
      await shop.close();
    },
    { scope: 'worker' },
  ],
  arrive: async ({ shop }, provide) => {
    const visits: Arrived[] = [];
    await provide(async (...args) => {
      const visit = await shop.arrive(...args);
      visits.push(visit);
      return visit;
    });
    shop.simulator.clearFaults();
    shop.backend.isDown = false;
    shop.backend.losesAnswersTo = undefined;
    const found = await Promise.all(visits.map((visit) => shop.secretsIn(visit.context)));
    await Promise.all(visits.map((visit) => visit.close()));
    expect(found.flat()).toEqual([]);
    expect(visits.flatMap(({ pageErrors }) => pageErrors)).toEqual([]);
  },
});
