/**
 * Waits for a promise, but no longer than `ms`, so that a function that never settles can't hang its caller.
 *
 * @param late creates the error to throw when time is up
 * @throws what the promise rejects with, or what `late` returns
 */
export function inTime<T>(given: T | Promise<T>, ms: number, late: () => unknown): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late() as Error), ms);
  });
  return Promise.race([given, limit]).finally(() => clearTimeout(timer));
}

/**
 * Sends a request and reads its answer. One time limit covers headers and body.
 * Races the abort signal too: a custom `fetch` may ignore it.
 *
 * @param send gets a signal that aborts when time is up or `signal` aborts
 * @throws what `send` throws, or the abort reason: a `TimeoutError` when time is up
 */
export async function sendInTime<T>(
  send: (signal: AbortSignal) => Promise<T>,
  ms: number,
  signal?: AbortSignal | null,
): Promise<T> {
  const abort = new AbortController();
  const stop = () => abort.abort(signal?.reason);
  const timer = setTimeout(() => abort.abort(new DOMException('No answer in time', 'TimeoutError')), ms);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  try {
    return await Promise.race([
      send(abort.signal),
      new Promise<never>((_, reject) => {
        const fail = () => reject(abort.signal.reason as Error);
        abort.signal.addEventListener('abort', fail);
        if (abort.signal.aborted) fail();
      }),
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Reads a body as text, up to `maxBytes`.
 *
 * @returns the text, empty if there is no body; `undefined` if it is longer than `maxBytes`
 */
export async function readText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  const isWhole = await readPieces(body, maxBytes, (piece) => (text += decoder.decode(piece, { stream: true })));
  return isWhole ? text + decoder.decode() : undefined;
}

/** The same as {@link readText}, for the bytes themselves. */
export async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: Uint8Array[] = [];
  if (!(await readPieces(body, maxBytes, (piece) => pieces.push(piece)))) return undefined;
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** @returns whether the body ended within `maxBytes` */
async function readPieces(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  onPiece: (piece: Uint8Array) => unknown,
): Promise<boolean> {
  if (!body) return true;
  const reader = body.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      // Not awaited: a source that never ends may never confirm the cancellation.
      reader.cancel().catch(() => {});
      return false;
    }
    onPiece(value);
  }
}

/** Reads a JSON body. @returns `undefined` if it is empty, isn't JSON, or is longer than `maxBytes` */
export async function readJson(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<unknown> {
  try {
    return JSON.parse((await readText(body, maxBytes)) ?? '') as unknown;
  } catch (error) {
    // A connection that drops mid-body is a network failure, not bad JSON.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
