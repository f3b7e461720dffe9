import type { Page } from 'playwright-core';

/**
 * Listens to a page as a screen reader does: a status is read when its text changes after it has come to the page; an alert is read when it comes, and when its
 * text changes.
 *
 * @returns what has been read up to now, oldest first
 */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.evaluateHandle(() => {
    const lines: string[] = [];
    const last = new Map<Element, string>();
    // Parts that are blocks of their own are not run together.
    const textOf = (region: Element) =>
      [...(region.children.length > 0 ? region.children : [region])]
        .map((it) => it.textContent?.trim() ?? '')
        .join(' ');
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      for (const region of document.querySelectorAll('[role=status], [role=alert]')) {
        const text = textOf(region);
        const isNew = added.some((node) => node.contains(region));
        const isChanged = last.has(region) && text !== last.get(region);
        const isRead = region.matches('[role=alert]') ? isNew || isChanged : !isNew && isChanged;
        if (text && isRead) lines.push(`${region.getAttribute('role')}: ${text}`);
        last.set(region, text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    return lines;
  });
  return () => heard.jsonValue();
}
