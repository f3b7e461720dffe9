import { expect } from 'vitest';
import { KitError } from '../../src/server';
import { expectOpened } from './expectOpened';
import { byReads, journey } from './journey';

journey(
  'a merchant’s own query cache, and what is dehydrated of it, hold neither token nor key',
  async ({ shop, arrive }) => {
    const visit = await arrive('firstTime');
    await visit.showGate(
      { ...byReads, endpoint: '/api/kyc-browser-tokens', shareToken: await shop.handOut(visit.user) },
      { queryClient: true },
    );
    await expectOpened(shop, visit);
    const traces = await visit.traces();
    // The search sees the caches: the record is in them, and the frame's address holds the key.
    expect(traces['dehydrated state']).toContain('approved');
    expect(traces['query caches']).toContain('approved');
    expect(traces['frame entry']).toContain('sessionKey=');
    expect(traces.performance).toContain('the frame');
    expect(await shop.secretsIn(visit.context)).toEqual([]);
  },
);

journey('a token or a key that is planted is found, wherever it lies', async ({ shop }) => {
  const visit = await shop.arrive('returning');
  await visit.showGate();
  await expectOpened(shop, visit);
  const { shareToken } = await shop.handOut(visit.user);
  const sessionKey =
    new URL((await visit.gate.locator('iframe').getAttribute('src')) ?? '').searchParams.get('sessionKey') ?? '';
  expect(await shop.secretsIn(visit.context)).toEqual([]);

  for (const [kind, secret] of [
    ['share token', shareToken],
    ['session key', sessionKey],
  ] as const) {
    await visit.page.evaluate(plant, secret);
    await visit.context.addCookies([{ name: 'planted', value: secret, url: shop.url }]);
    shop.reported.push(new KitError('internal', { message: `planted ${secret}` }));
    shop.answered.push(`planted ${secret}`);
    const found = new Set(await shop.secretsIn(visit.context));
    shop.reported.pop();
    shop.answered.pop();
    // The timeline as it is may hold the key, in the frame's own entry; the one without the frame may not.
    // When the browser writes its timeline, and of a failed planted request a console line, is its own affair.
    const isTimed = (place: string) =>
      /frame entry$|performance$|console line’s address$|console line's address$/.test(place);
    const expected = places.filter((place) => !isTimed(place));
    expect([...found].filter((it) => it.startsWith(kind) && !isTimed(it)).sort()).toEqual(
      expected.map((place) => `${kind} in ${place}`).sort(),
    );
    await visit.page.evaluate(() => window.merchant.queryClient.clear());
    await visit.context.clearCookies({ name: 'planted' });
  }
  await visit.close();
});

journey('what a page held before it was reloaded, left or closed is searched as well', async ({ shop }) => {
  const visit = await shop.arrive('returning');
  const tab = await visit.openTab();
  const leave = [
    () => visit.page.reload(),
    () => visit.page.goto(`${shop.url}/framing-nothing`),
    () => visit.page.goBack(),
    () => tab.page.close(),
  ];
  for (const go of leave) {
    const { shareToken } = await shop.handOut(visit.user);
    const { page } = go === leave[3] ? tab : visit;
    await page.evaluate((it) => void window.merchant.events.push(it), shareToken);
    await go();
  }
  expect(await shop.secretsIn(visit.context)).toEqual(leave.map(() => 'share token in what the page was told'));
  await visit.close();
});

const places = [
  'query caches',
  'dehydrated state',
  'document',
  'form fields',
  'performance',
  'frame entry',
  'address',
  'history',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'cache storage',
  'console',
  'page errors',
  'a request’s address',
  'what the page was told',
  'cookies',
  'a report of the kit',
  'an answer of the kit',
];

/** Puts a secret into every place of a page that is searched; out of the document it is gone at once. */
async function plant(secret: string): Promise<void> {
  const { queryClient, events } = window.merchant;
  queryClient.mount();
  queryClient.setQueryData(['planted'], new Error('planted', { cause: secret }));
  const field = document.body.appendChild(document.createElement('input'));
  field.value = secret;
  const flash = document.body.appendChild(document.createElement('p'));
  flash.title = secret;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  flash.remove();
  performance.mark('planted', { detail: secret });
  history.pushState({ secret }, '', `#${secret}`);
  localStorage.setItem('planted', secret);
  sessionStorage.setItem(secret, 'planted');
  await new Promise((resolve) => (indexedDB.open(secret).onsuccess = resolve));
  await caches.open(secret);
  console.log('planted', secret);
  events.push(secret);
  setTimeout(() => {
    throw new Error(`planted ${secret}`);
  });
  await fetch(`/planted?${secret}`);
}
