const asked = new Set<string>();

const observer = new PerformanceObserver((list) => note(list.getEntries()));
observer.observe({ type: 'resource', buffered: true });

// A request is in the records only once it has ended.
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  noteUrl(input instanceof Request ? input.url : String(input));
  return fetch(input, init);
};

function note(entries: PerformanceEntryList): void {
  for (const { name } of entries) noteUrl(name);
}

function noteUrl(url: string): void {
  const { origin, protocol } = new URL(url, location.href);
  if (/^(http|ws)s?:$/.test(protocol) && origin !== location.origin) asked.add(url);
}

/** A story's requests are its own. */
export function beforeEach(): void {
  note(observer.takeRecords());
  asked.clear();
}

/** Fails a story that has asked any other host for anything, whether or not that host could be reached. */
export function afterEach({ canvasElement }: { canvasElement: HTMLElement }): void {
  note(observer.takeRecords());
  // A frame that loads is not in the records either.
  for (const { src } of canvasElement.querySelectorAll('iframe')) noteUrl(src);
  if (asked.size > 0)
    throw new Error(`Stories ask nobody: use the fake backend and a stand-in form. Asked: ${[...asked].join(', ')}`);
}
