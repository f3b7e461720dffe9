/**
 * Watches the page itself, not TanStack's `focusManager`, which merchants may override.
 *
 * @param onReturn called when the page is hidden or shown, or the network comes back
 * @param onFocus called when the window gets focus again
 * @returns stops watching
 */
export function watchPage(onReturn: () => void, onFocus: () => void): () => void {
  const listeners = { visibilitychange: onReturn, online: onReturn, focus: onFocus };
  for (const [type, listener] of Object.entries(listeners)) addEventListener(type, listener);
  return () => {
    for (const [type, listener] of Object.entries(listeners)) removeEventListener(type, listener);
  };
}

/** How long after loading a page its server's "no record" is trusted, in ms. */
const youngPageMs = 15_000;

/** Whether the page was loaded a moment ago to be shown: not restored from the browser's history, nor rendered in advance. */
export function isPageYoung(): boolean {
  type Navigation = PerformanceNavigationTiming & { readonly activationStart?: number };
  // jsdom, where merchants' tests run, has no timeline.
  const [navigation] = (performance.getEntriesByType?.('navigation') ?? []) as Navigation[];
  const wasAhead = 'prerendering' in document && document.prerendering === true;
  if (wasAhead || (navigation?.activationStart ?? 0) > 0 || navigation?.type === 'back_forward') return false;
  return performance.now() < youngPageMs;
}
