import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTime, readBytes, readJson, readText, sendInTime } from '../../src/contract/bounded';

/** A body that comes in these pieces. */
function bodyOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      controller.close();
    },
  });
}

describe('reading a body', () => {
  it('puts characters together that were cut between pieces', async () => {
    const [first, ...rest] = new TextEncoder().encode('é€');
    expect(await readText(bodyOf(new Uint8Array([first ?? 0]), new Uint8Array(rest)), 10)).toBe('é€');
  });

  it('takes as many bytes as it may, and gives nothing of a longer one', async () => {
    expect(await readText(bodyOf('12345', '67890'), 10)).toBe('1234567890');
    expect(await readText(bodyOf('12345', '678901'), 10)).toBeUndefined();
    // Bytes, not characters.
    expect(await readText(bodyOf('€€€€'), 10)).toBeUndefined();
  });

  it('as bytes gives them as they came, up to the same limit', async () => {
    expect(await readBytes(bodyOf(new Uint8Array([0xef, 0xbb, 0xbf]), new Uint8Array([0xff])), 4)).toEqual(
      new Uint8Array([0xef, 0xbb, 0xbf, 0xff]),
    );
    expect(await readBytes(bodyOf('12345', '678901'), 10)).toBeUndefined();
    expect(await readBytes(null, 10)).toEqual(new Uint8Array());
  });

  it('stops a source without end, and does not wait for it to stop', async () => {
    const cancel = vi.fn(() => new Promise<void>(() => {}));
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(4)),
      cancel,
    });
    expect(await readText(endless, 10)).toBeUndefined();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is an empty text where there is none', async () => {
    expect(await readText(null, 10)).toBe('');
  });

  it.each([
    ['JSON', '{"a":1}', { a: 1 }],
    ['JSON null', 'null', null],
    ['nothing', '', undefined],
    ['a page', '<!doctype html>', undefined],
    ['half of a JSON text', '{"a":', undefined],
    ['a JSON text that is too long', `"${'x'.repeat(100)}"`, undefined],
  ])('as JSON gives %s', async (_, text, value) => {
    expect(await readJson(bodyOf(text), 20)).toEqual(value);
  });

  it('fails where the connection ends within it: that is no answer', async () => {
    const cut = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new TypeError('terminated')) });
    await expect(readJson(cut, 10)).rejects.toThrow('terminated');
  });
});

describe('waiting', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const never = () => new Promise<never>(() => {});

  it('gives what comes in time, and leaves no timer', async () => {
    expect(await inTime(Promise.resolve(7), 1_000, () => new Error('late'))).toBe(7);
    expect(await inTime(7, 1_000, () => new Error('late'))).toBe(7);
    expect(await sendInTime(() => Promise.resolve(7), 1_000)).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends for what comes late', async () => {
    const late = expect(inTime(never(), 1_000, () => new Error('late'))).rejects.toThrow('late');
    await vi.advanceTimersByTimeAsync(1_000);
    await late;
  });

  it('ends a request that does not heed its signal, and aborts it', async () => {
    let signal: AbortSignal | undefined;
    const sent = sendInTime((given) => {
      signal = given;
      return never();
    }, 1_000);
    const ended = expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
    await vi.advanceTimersByTimeAsync(1_000);
    await ended;
    expect(signal?.aborted).toBe(true);
  });

  it('ends a request whose caller has left, before it begins or later', async () => {
    const leaving = new AbortController();
    const sent = expect(sendInTime(never, 1_000, leaving.signal)).rejects.toMatchObject({ name: 'AbortError' });
    leaving.abort();
    await sent;
    await expect(sendInTime(never, 1_000, leaving.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
