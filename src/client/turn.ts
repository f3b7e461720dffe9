/** A lock, held: nobody else on this origin has it meanwhile. */
export interface Turn {
  release(): void;
}

/**
 * How long a browser has to say whether a lock is free, in ms, and how often. It does so at once; in some embedded ones,
 * never. Waited in parts: a busy page may meet its timer before the answer that came long ago, but hardly three times.
 */
const answerMs = 1_000;
const answerWaits = 3;

/**
 * Takes a lock, across all tabs of this origin: that of a subject's registration, or that of held reads. Never rejects.
 *
 * Old browsers and plain-http pages have no Web Locks, and some pages are refused them. Then registrations are
 * serialised within the page only.
 *
 * @param wait waits for the lock until this is aborted. Without it, takes the lock only if it is free.
 * @returns `undefined` if the lock couldn't be had
 */
export function takeTurn(name: string, wait?: AbortSignal): Promise<Turn | undefined> {
  const inPageOnly: Turn = { release() {} };
  const locks = typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);
  if (typeof locks?.request !== 'function') return Promise.resolve(inPageOnly);
  return new Promise((resolve) => {
    let isOver = false;
    const end = (turn: Turn | undefined) => {
      isOver = true;
      clearTimeout(timer);
      wait?.removeEventListener('abort', giveUp);
      resolve(turn);
    };
    const giveUp = () => end(undefined);
    // A page that isn't shown yet may get its locks only later; one that is shown and hears nothing has none.
    const onSilence = (waits: number) => {
      if (waits < answerWaits) timer = setTimeout(onSilence, answerMs, waits + 1);
      else end(document.visibilityState === 'hidden' ? undefined : inPageOnly);
    };
    let timer = wait ? undefined : setTimeout(onSilence, answerMs, 1);
    wait?.addEventListener('abort', giveUp);
    const onGranted = (lock: Lock | null) => {
      // Granted too late: let go at once.
      if (!lock || isOver) return giveUp();
      return new Promise<void>((release) => end({ release }));
    };
    const onRefused = () => end(wait?.aborted ? undefined : inPageOnly);
    try {
      const options = wait ? { signal: wait } : { ifAvailable: true };
      locks.request(`kyc-reuse-gate ${name}`, options, onGranted).catch(onRefused);
    } catch {
      onRefused();
    }
  });
}
