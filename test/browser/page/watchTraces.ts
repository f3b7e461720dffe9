import { dehydrate, QueryClient } from '@tanstack/react-query';

/** What the page has held, by place, as text to search in. */
export type PageTraces = Record<string, string>;

/**
 * Begins to keep what anybody could find in this page: everything that every query cache and the document have held at any time, and all performance entries.
 *
 * @returns reads all of it, and the rest as it is then
 */
export function watchTraces(): () => Promise<PageTraces> {
  const cached = new Set<string>();
  const documents = new Set<string>();
  const frames = new Set<string>();
  const entries = new Set<string>();
  const clients = watchClients((it) => cached.add(textOf(it)));

  const look = () => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const frame of copy.querySelectorAll('iframe')) {
      frames.add(frame.src);
      frame.removeAttribute('src');
    }
    documents.add(copy.outerHTML);
  };
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  for (const type of PerformanceObserver.supportedEntryTypes) {
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => entries.add(textOf(entry)))).observe({
      type,
      buffered: true,
    });
  }

  return async () => {
    look();
    for (const entry of performance.getEntries()) entries.add(textOf(entry));
    const addresses = [...frames].filter(Boolean);
    const timeline = [...entries].join('\n');
    return {
      'query caches': [...cached].join('\n'),
      'dehydrated state': textOf(
        [...clients].map((client) =>
          dehydrate(client, { shouldDehydrateQuery: () => true, shouldDehydrateMutation: () => true }),
        ),
      ),
      document: [...documents].join('\n'),
      'form fields': textOf(
        [...document.querySelectorAll('input,textarea,select')].map((field) => (field as HTMLInputElement).value),
      ),
      'frame address': addresses.join('\n'),
      // The browser's timeline names what was loaded, the frame included.
      performance: addresses.reduce((text, address) => text.replaceAll(address, 'the frame'), timeline),
      'frame entry': timeline,
      address: textOf([location.href, document.referrer, window.name]),
      history: textOf([
        history.state,
        window.navigation.entries().map((entry): unknown => [entry.url, entry.getState()]),
      ]),
      localStorage: textOf(Object.entries(localStorage)),
      sessionStorage: textOf(Object.entries(sessionStorage)),
      indexedDB: textOf(await indexedDB.databases()),
      'cache storage': textOf(await caches.keys()),
    };
  };
}

/** Finds every client whoever makes it, the gate's private one included: whoever uses a client asks it for its cache. */
function watchClients(tell: (held: unknown) => void): ReadonlySet<QueryClient> {
  const clients = new Set<QueryClient>();
  const { getQueryCache } = QueryClient.prototype;
  QueryClient.prototype.getQueryCache = function (this: QueryClient) {
    const cache = getQueryCache.call(this);
    if (!clients.has(this)) {
      clients.add(this);
      cache.subscribe(({ query: { queryKey, state, options } }) => tell([queryKey, state, options]));
      this.getMutationCache().subscribe(({ mutation }) => tell([mutation?.state, mutation?.options]));
    }
    return cache;
  };
  return clients;
}

/** JSON, with errors spelled out. */
function textOf(it: unknown): string {
  return JSON.stringify(it, (_, value: unknown) =>
    value instanceof Error
      ? Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)] as const))
      : value,
  );
}
