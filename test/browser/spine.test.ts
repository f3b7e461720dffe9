import { describe, expect } from 'vitest';
import { type Arrived, byReads, journey } from '../journeys/journey';
import { expectFormOf } from './expectFormOf';
import { expectOpenedOnTime } from './expectOpenedOnTime';
import { logEntries } from './logEntries';
import type { Shop } from './openShop';

const { isPage, isRegistration } = logEntries;

describe('in a real browser, in StrictMode, over real HTTP', () => {
  journey('takes a first-time Persona user, whose token is redeemed in 2 s, to the form', async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const { user } = visit;
    await visit.show(visit.gateOf(user));
    await visit.gate.locator('[data-kyc-part=description]', { hasText: 'passing on your verification' }).waitFor();
    expect(await visit.frames()).toEqual(['none']);
    expect(await visit.page.evaluate(() => window.merchant.opened)).toBe(0);
    await expectFormOf(visit, user);
    expectOpenedOnTime(shop, user);
    expect(shop.log(user).filter(isRegistration)).toHaveLength(1);
    expect(await visit.events()).toEqual(['checking', 'registering', 'ready']);
    expect(await visit.page.evaluate(() => window.merchant.opened)).toBe(1);
    // Not even the first read, which finds no record, stands red in the console.
    expect(visit.console.filter((line) => /hydrat|warning|error|failed/i.test(line))).toEqual([]);
  });

  journey('takes a user whose POST is not held to the form by reads', async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const { user } = visit;
    await visit.show(visit.gateOf(user, byReads));
    await visit.gate.locator('[data-kyc-part=description]', { hasText: 'is being confirmed' }).waitFor();
    expect(await visit.frames()).toEqual(['none']);
    await expectFormOf(visit, user);
    expectOpenedOnTime(shop, user);
    expect(shop.log(user).filter(isRegistration)).toHaveLength(1);
    expect(await visit.events()).toEqual(['checking', 'registering', 'processing', 'ready']);
  });

  journey('takes a first-time Sumsub user to the form', async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const { user } = visit;
    await visit.show(visit.gateOf(user, { endpoint: '/api/kyc-sumsub' }));
    await expectFormOf(visit, user);
    expectOpenedOnTime(shop, user);
    expect(shop.log(user).filter(isRegistration)).toHaveLength(1);
  });

  journey(
    'opens for a returning user with GETs alone, and never asks the vendor for a token',
    async ({ shop, arrive }) => {
      const visit = await arrive('returning');
      const { user } = visit;
      const vendorRequests = () =>
        shop.simulator.log.filter(({ service }) => service === 'persona' || service === 'sumsub').length;
      const before = vendorRequests();
      await visit.show(visit.gateOf(user));
      await expectFormOf(visit, user);
      expectOpenedOnTime(shop, user);
      expect(shop.log(user).filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(vendorRequests()).toBe(before);
    },
  );

  journey('says so when the token is refused, after one confirming GET, and stays closed', async ({ shop, arrive }) => {
    const visit = await arrive('refused');
    const { user } = visit;
    await visit.show(visit.gateOf(user, { support: 'help@shop.test' }));
    await visit.page.getByRole('heading', { name: 'Your verification could not be used' }).waitFor();
    expect(await visit.events()).toEqual(['checking', 'registering', 'processing', 'failed', 'error tokenRefused']);
    expect(await visit.page.getByRole('alert').textContent()).toContain('did not accept it');
    expect(await visit.page.getByRole('link', { name: 'Contact support' }).getAttribute('href')).toBe(
      'mailto:help@shop.test',
    );
    const log = shop.log(user);
    const refusal = log.findIndex(isRegistration);
    expect(log[refusal]?.status).toBe(400);
    expect(log.slice(refusal + 1).some(({ method, path }) => method === 'GET' && path === '/api/withdraw')).toBe(true);
    expect(log.filter(isRegistration)).toHaveLength(1);
    expect(log.filter(isPage)).toEqual([]);
    expect(await visit.frames()).toEqual(['none']);
  });

  journey('waits as long as a 429 asks for, registers then, and opens', async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const { user } = visit;
    shop.simulator.inject({
      service: 'coinflow',
      method: 'POST',
      path: 'share-token',
      userKey: `user:${user}`,
      times: 1,
      kind: { status: 429, headers: { 'retry-after': '4' }, body: { message: 'Too many requests' } },
    });
    await visit.show(visit.gateOf(user));
    await expectFormOf(visit, user);
    expectOpenedOnTime(shop, user);
    const [limited, taken] = shop.log(user).filter(isRegistration);
    expect(limited?.status).toBe(429);
    expect((taken?.at ?? 0) - (limited?.at ?? 0)).toBeGreaterThanOrEqual(4_000);
  });

  describe('when another user signs in on the same page', () => {
    journey('while registering: opens for the second user only', async ({ shop, arrive }) => {
      const visit = await arrive('firstTime');
      const { user: first } = visit;
      shop.simulator.inject({
        service: 'coinflow',
        method: 'POST',
        path: 'share-token',
        userKey: `user:${first}`,
        times: 1,
        kind: { delayMs: 1_500 },
      });
      await visit.show(visit.gateOf(first));
      await visit.page.waitForFunction(() => window.merchant.events.includes('registering'));
      await expectSecondOnly(shop, visit);
    });

    journey('while polling: opens for the second user only', async ({ shop, arrive }) => {
      const visit = await arrive('firstTime');
      const { user: first } = visit;
      await visit.show(visit.gateOf(first, byReads));
      await visit.page.waitForFunction(() => window.merchant.events.includes('processing'));
      await expectSecondOnly(shop, visit);
    });

    journey(
      'while open: takes the form down in the same commit, and opens for the second user',
      async ({ shop, arrive }) => {
        const visit = await arrive('returning');
        const { user: first } = visit;
        await visit.show(visit.gateOf(first));
        await expectFormOf(visit, first);
        const second = shop.merchant.newUser('firstTime');
        await visit.signIn(second);
        const framesAfterCommit = await visit.page.evaluate((shown) => {
          window.merchant.show(shown);
          return document.querySelectorAll('iframe').length;
        }, visit.gateOf(second));
        expect(framesAfterCommit).toBe(0);
        await expectFormOf(visit, second);
        expectOpenedOnTime(shop, first);
        expectOpenedOnTime(shop, second);
      },
    );

    async function expectSecondOnly(shop: Shop, visit: Arrived): Promise<void> {
      const second = shop.merchant.newUser('firstTime');
      await visit.signIn(second);
      await visit.show(visit.gateOf(second));
      await expectFormOf(visit, second);
      expectOpenedOnTime(shop, second);
      expect(shop.log(visit.user).filter(isPage)).toEqual([]);
      expect(shop.log(visit.user).filter(isRegistration).length).toBeLessThanOrEqual(1);
    }
  });

  journey('closes with subjectMismatch when the backend knows somebody else', async ({ shop, arrive }) => {
    const visit = await arrive('returning');
    const { user } = visit;
    await visit.show(visit.gateOf('somebody-else'));
    await visit.page.getByRole('heading', { name: 'You are signed in as somebody else' }).waitFor();
    expect(shop.log(user)).toEqual([]);
  });
});

describe('fed with bad input, in a real browser', () => {
  journey.for([
    ['HTML', 'html', 'malformed'],
    ['nothing', 'nothing', 'malformed'],
    ['10 MB', '10mb', 'malformed'],
    ['another shape', 'shape', 'malformed'],
    ['404 without JSON', 'missing', 'misconfigured'],
    ['a redirect', 'redirect', 'misconfigured'],
  ] as const)(
    'stays closed when the endpoint answers %s, and tells the developer once what was expected',
    async ([, path, code], { arrive }) => {
      const visit = await arrive('returning');
      const { user } = visit;
      await visit.show(visit.gateOf(user, { endpoint: `/bad/${path}` }));
      await visit.page.waitForFunction((it) => window.merchant.events.includes(`error ${it}`), code, {
        timeout: 20_000,
      });
      const told = visit.console.filter((line) => line.startsWith('kyc-reuse-gate:'));
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(
        code === 'malformed' ? 'Expected JSON: 200 {"withdrawer"' : 'Check the `endpoint` prop',
      );
      expect(await visit.frames()).toEqual(['none']);
    },
  );

  journey.for([
    ['endpoint', { endpoint: '' }],
    ['subject', { subject: ' ' }],
  ] as const)('says misconfigured for an empty %s, and asks nothing', async ([name, props], { arrive }) => {
    const visit = await arrive('returning');
    const { user } = visit;
    const requests: string[] = [];
    visit.page.on('request', (request) => requests.push(request.url()));
    await visit.show(visit.gateOf(user, props));
    await visit.page.getByRole('alert').waitFor({ state: 'attached' });
    expect(await visit.events()).toEqual(['failed', 'error misconfigured']);
    expect(visit.console.filter((line) => line.includes(`\`${name}\` is empty`))).toHaveLength(1);
    expect(requests.filter((url) => url.includes('/api/'))).toEqual([]);
  });

  journey('keeps the host page alive when `shareToken` throws', async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    const { user } = visit;
    await visit.show({ ...visit.gateOf(user), shareToken: 'throwing' });
    await visit.page.waitForFunction(() => window.merchant.events.includes('error tokenUnavailable'), null, {
      timeout: 20_000,
    });
    expect(await visit.page.getByRole('heading', { name: 'Merchant page' }).isVisible()).toBe(true);
    expect(shop.log(user).filter(isRegistration)).toEqual([]);
  });

  journey('keeps the host page alive when `authenticate` throws on the server', async ({ arrive }) => {
    const visit = await arrive('returning');
    const { user } = visit;
    await visit.show(visit.gateOf(user, { endpoint: '/api/kyc-throwing' }));
    await visit.page.waitForFunction(() => window.merchant.events.includes('error server'), null, { timeout: 20_000 });
    expect(await visit.page.getByRole('heading', { name: 'Merchant page' }).isVisible()).toBe(true);
    expect(await visit.page.content()).not.toContain('session store');
  });

  journey('keeps the host page alive when `children` throws, and offers to try again', async ({ arrive }) => {
    const visit = await arrive('returning');
    const { user } = visit;
    await visit.show({ ...visit.gateOf(user), children: 'throwing' });
    await visit.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await visit.events()).toContain('error renderFailed');
    expect(await visit.page.getByRole('heading', { name: 'Merchant page' }).isVisible()).toBe(true);
  });

  journey('mounts `children`, element or function, only once the record exists', async ({ arrive }) => {
    const visit = await arrive('firstTime');
    const { user } = visit;
    await visit.show({ ...visit.gateOf(user), children: 'function' });
    expect(await visit.page.getByText('Own payout').count()).toBe(0);
    await visit.page.getByText('Own payout, approved').waitFor();
    await visit.show({ ...visit.gateOf(user), children: 'element' });
    await visit.page.getByText('Own payout', { exact: true }).waitFor();
  });
});
