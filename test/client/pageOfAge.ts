import { onTestFinished, vi } from 'vitest';

/** The page was loaded this long ago, and so; `activationStart` is above 0 if it was prerendered. Until the test ends. */
export function pageIs(ageMs: number, type = 'navigate', activationStart = 0): void {
  vi.spyOn(performance, 'now').mockReturnValue(ageMs);
  const entry = { type, activationStart } as unknown as PerformanceEntry;
  vi.stubGlobal('performance', Object.assign(performance, { getEntriesByType: () => [entry] }));
}

/** The page has no timeline, as in jsdom. */
export function pageHasNoTimeline(): void {
  vi.stubGlobal('performance', Object.assign(performance, { getEntriesByType: undefined }));
}

/** The browser renders the page in advance: nobody sees it yet. Until the test ends. */
export function pageIsPrerendering(): void {
  Object.defineProperty(document, 'prerendering', { configurable: true, value: true });
  onTestFinished(() => void Reflect.deleteProperty(document, 'prerendering'));
}
