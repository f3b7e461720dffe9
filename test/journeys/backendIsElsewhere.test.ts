import { expect } from 'vitest';
import { userKeyOf } from '../../simulator';
import { logEntries } from '../browser/logEntries';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

journey(
  'a backend on another origin serves a page among its allowed origins, cookies and Retry-After included',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const { endpoint } = shop.apart;
    const limited = {
      service: 'coinflow',
      userKey: userKeyOf(visit.user),
      times: 1,
      kind: { status: 429, headers: { 'retry-after': '2' } },
    } as const;
    shop.simulator.inject({ ...limited, method: 'POST', path: 'share-token' });
    await visit.showGate({ endpoint, request: { credentials: 'include' } });
    await expectOpened(shop, visit);

    const asked = shop.apart.asked(visit.user);
    expect(new Set(asked.map(({ origin }) => origin))).toEqual(new Set([shop.url]));
    // The POST's content type needs a preflight; the reads are sent without one.
    const methods = asked.map(({ method }) => method);
    expect(methods[0]).toBe('GET');
    expect(methods.filter((method) => method !== 'GET').slice(0, 2)).toEqual(['OPTIONS', 'POST']);
    const [refused, taken] = shop.log(visit.user).filter(logEntries.isRegistration);
    expect(refused?.status).toBe(429);
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(2_000);

    shop.simulator.inject({ ...limited, method: 'GET', path: '/api/withdraw' });
    const header = await visit.page.evaluate(
      async ([url, subject]) => {
        const response = await fetch(`${url}?subject=${subject}`, { credentials: 'include' });
        return [response.status, response.headers.get('retry-after')];
      },
      [endpoint, visit.user] as const,
    );
    expect(header).toEqual([429, '2']);
  },
);

journey(
  'a backend on another origin asks the browser first, where the merchant sends headers of its own',
  async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    await visit.showGate({
      endpoint: shop.apart.endpoint,
      request: { credentials: 'include', headers: { 'x-shop-session': 'abc' } },
    });
    await expectOpened(shop, visit);
    expect(shop.apart.asked(visit.user)[0]).toMatchObject({ method: 'OPTIONS', origin: shop.url });
  },
);

journey('a page whose origin is not among the allowed ones gets no answer to read', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.page.goto(shop.url.replace('localhost', '127.0.0.1'));
  await visit.showGate({ endpoint: shop.apart.endpoint, request: { credentials: 'include' } });
  await visit.heading('No connection').waitFor();
  expect(await visit.frames()).toEqual(['none']);
  expect(shop.log(visit.user).filter(logEntries.isPage)).toEqual([]);
});
