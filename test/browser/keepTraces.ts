import type { Page } from 'playwright-core';

/** What a page held and said, by place. */
export type Traces = Readonly<Record<string, string>>;

/**
 * From now on a tab is read before a test reloads it, has it go elsewhere, or closes it: what the page that was there held is gone afterwards.
 *
 * @returns what every page of this tab has held, the present one last
 */
export function keepTraces(page: Page, read: () => Promise<Traces>): () => Promise<readonly Traces[]> {
  const kept: Traces[] = [];
  const after =
    <Args extends unknown[], Result>(leave: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      kept.push(await read());
      return leave(...args);
    };
  Object.assign(page, {
    reload: after(page.reload.bind(page)),
    goto: after(page.goto.bind(page)),
    goBack: after(page.goBack.bind(page)),
    close: after(page.close.bind(page)),
  });
  return async () => (page.isClosed() ? kept : [...kept, await read()]);
}
