import { expect } from 'vitest';
import { expectOpened } from './expectOpened';
import { journey } from './journey';

const low = { variables: { minHeight: '5rem' } };

journey('the form is as high as its content, and grows with it', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate({ appearance: low });
  await expectOpened(shop, visit);
  const frame = visit.gate.locator('iframe');
  const heights = async () => ({
    content: await visit.form.locator('main').evaluate((main: HTMLElement) => main.offsetHeight + 32),
    frame: (await frame.boundingBox())?.height,
  });
  const { content } = await heights();
  await expect.poll(heights).toEqual({ content, frame: content });
  expect(await frame.getAttribute('scrolling')).toBe('no');

  await visit.form.locator('footer').evaluate((footer) => footer.style.setProperty('padding-top', '300px'));
  await expect.poll(heights).toEqual({ content: content + 300, frame: content + 300 });
});

journey('a form of fixed height keeps it, and scrolls', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate({ appearance: { ...low, layout: { height: 220 } } });
  await expectOpened(shop, visit);
  const frame = visit.gate.locator('iframe');
  expect((await frame.boundingBox())?.height).toBe(220);
  expect(await frame.getAttribute('scrolling')).not.toBe('no');
  const scrolled = await visit.form.evaluate(() => {
    scrollTo(0, 100);
    return scrollY;
  });
  expect(scrolled).toBe(100);
});

journey('the frame has the title the merchant gives it, and one of its own without', async ({ shop, arrive }) => {
  const visit = await arrive('returning');
  await visit.showGate();
  await expectOpened(shop, visit);
  expect(await visit.gate.locator('iframe').getAttribute('title')).toBe('Payout form');
  await visit.showGate({ messages: { frameTitle: 'Auszahlung' } });
  await expect.poll(() => visit.gate.locator('iframe').getAttribute('title')).toBe('Auszahlung');
  await expectOpened(shop, visit);
});
