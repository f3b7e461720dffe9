/*
 * The web's requests and abort signals without their weight: streams, brand checks and weak references cost half of what a schedule does.
 * As much as a gate touches and no more; `lightWeb.test.ts` plays schedules on both and demands the same traces.
 */

type Listener = ((event: LightEvent) => void) | { handleEvent(event: LightEvent): void };

interface LightEvent {
  readonly type: 'abort';
  readonly target: LightSignal;
}

class LightSignal {
  aborted = false;
  /** Made when it is looked at: an exception that nobody reads costs a stack trace. */
  #reason: (() => unknown) | undefined;
  onabort: ((event: LightEvent) => void) | null = null;
  /** Listeners, and whether each hears only once. */
  readonly #listeners = new Map<Listener, boolean>();

  static abort(reason?: unknown): LightSignal {
    const signal = new LightSignal();
    signal.end(reason);
    return signal;
  }

  static timeout(ms: number): LightSignal {
    const signal = new LightSignal();
    setTimeout(() => signal.end(new DOMException('The operation timed out.', 'TimeoutError')), ms);
    return signal;
  }

  static any(sources: Iterable<LightSignal>): LightSignal {
    const signal = new LightSignal();
    for (const source of sources) {
      if (source.aborted) signal.end(source.reason);
      source.addEventListener('abort', () => signal.end(source.reason));
    }
    return signal;
  }

  get reason(): unknown {
    if (!this.#reason) return undefined;
    const reason = this.#reason();
    this.#reason = () => reason;
    return reason;
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** What a controller does to it; no member of a real signal. */
  end(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.#reason = () => reason ?? new DOMException('This operation was aborted', 'AbortError');
    this.dispatchEvent({ type: 'abort', target: this });
  }

  addEventListener(type: string, listener: Listener | null, options?: boolean | { readonly once?: boolean }): void {
    if (type !== 'abort' || !listener || this.#listeners.has(listener)) return;
    this.#listeners.set(listener, typeof options === 'object' && options.once === true);
  }

  removeEventListener(type: string, listener: Listener | null): void {
    if (type === 'abort' && listener) this.#listeners.delete(listener);
  }

  dispatchEvent(event: LightEvent): boolean {
    this.onabort?.(event);
    for (const [listener, isOnce] of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      if (isOnce) this.#listeners.delete(listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
    }
    return true;
  }
}

class LightController {
  readonly signal = new LightSignal();

  abort(reason?: unknown): void {
    this.signal.end(reason);
  }
}

class LightHeaders {
  readonly #values = new Map<string, string>();

  constructor(init: Iterable<readonly [string, string]> | Record<string, string> = {}) {
    for (const [name, value] of Symbol.iterator in init ? init : Object.entries(init)) this.append(name, value);
  }

  append(name: string, value: string): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value.trim());
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    yield* [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  entries() {
    return this[Symbol.iterator]();
  }
}

/** A body that is read once, in one piece. */
class LightBody {
  bodyUsed = false;
  readonly #text: string | null;

  constructor(text: string | null = null) {
    this.#text = text;
  }

  get body(): LightStream | null {
    return this.#text === null ? null : new LightStream(this, this.#text);
  }

  async text(): Promise<string> {
    if (this.bodyUsed) throw new TypeError('Body is unusable');
    this.bodyUsed = this.#text !== null;
    return Promise.resolve(this.#text ?? '');
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

/** A body as a stream, and its own reader. */
class LightStream {
  readonly #body: LightBody;
  #rest: Uint8Array | undefined;

  constructor(body: LightBody, text: string) {
    this.#body = body;
    this.#rest = text ? encoder.encode(text) : undefined;
  }

  getReader(): this {
    if (this.#body.bodyUsed) throw new TypeError('ReadableStream is locked');
    this.#body.bodyUsed = true;
    return this;
  }

  async read(): Promise<{ readonly done: boolean; readonly value: Uint8Array | undefined }> {
    const value = this.#rest;
    this.#rest = undefined;
    return Promise.resolve({ done: value === undefined, value });
  }

  async cancel(): Promise<void> {
    this.#rest = undefined;
    return Promise.resolve();
  }
}

const encoder = new TextEncoder();

interface RequestOptions {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof LightHeaders>[0];
  readonly body?: string;
  readonly signal?: LightSignal | null;
}

class LightRequest extends LightBody {
  readonly url: string;
  readonly method: string;
  readonly headers: LightHeaders;
  readonly signal: LightSignal;

  constructor(url: string | URL, { method = 'GET', headers, body, signal }: RequestOptions = {}) {
    super(body);
    this.url = String(url);
    this.method = method;
    this.headers = new LightHeaders(headers);
    this.signal = signal ?? new LightSignal();
    // Made by the browser where the caller names none.
    if (body !== undefined && !this.headers.has('content-type'))
      this.headers.set('content-type', 'text/plain;charset=UTF-8');
  }
}

class LightResponse extends LightBody {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: LightHeaders;
  readonly redirected = false;
  readonly type = 'default';
  readonly url = '';

  constructor(
    text: string | null = null,
    { status = 200, headers }: Pick<RequestOptions, 'headers'> & { readonly status?: number } = {},
  ) {
    super(text);
    this.status = status;
    this.ok = status >= 200 && status < 300;
    this.headers = new LightHeaders(headers);
  }
}

/** In place of the globals of the same names. */
export const lightWeb = {
  AbortController: LightController,
  AbortSignal: LightSignal,
  Headers: LightHeaders,
  Request: LightRequest,
  Response: LightResponse,
};
