/**
 * Waits for a chunk, but not for ever: where the network hangs, a browser may take minutes to say so.
 *
 * @param fail called with an error or, after 30 s, with `'timeout'`; what comes later is still taken
 * @returns ends the wait
 */
export function whenLoaded<T>(
  loading: Promise<T>,
  done: (loaded: T) => void,
  fail: (error: unknown) => void,
): () => void {
  const timer = setTimeout(fail, chunkTimeoutMs, 'timeout');
  const end = () => clearTimeout(timer);
  loading.finally(end).then(done, fail);
  return end;
}

const chunkTimeoutMs = 30_000;
