import { inTime } from '../contract/bounded';
import { KitError } from './answers';
import { createMemoryStore, type KycStore } from './store';

/** Longest wait for the store, in ms. Every answer waits for it several times. */
const storeMs = 500;

/** How long a store that failed is left alone before one call tries it again, in ms. */
const retryMs = 1_000;

/**
 * Wraps a store, so that the kit survives it: what fails or takes too long is answered from this process's memory. Meanwhile
 * other instances may register the same user, so look before you register.
 *
 * @param report called once per outage, with `storeUnavailable`
 */
export function createResilientStore(store: KycStore, report: (error: KitError) => void): KycStore {
  const memory = createMemoryStore();
  let isDown = false;
  let triedAt = -Infinity;

  async function call<T>(ask: (from: KycStore) => Promise<T>): Promise<T> {
    if (isDown && performance.now() < triedAt + retryMs) return ask(memory);
    // While the store is down, one call at a time finds out whether it is back.
    triedAt = performance.now();
    try {
      // Inside a function: a store may throw instead of rejecting.
      const answer = await inTime(
        (async () => ask(store))(),
        storeMs,
        () => new Error('The store did not answer within 500 ms.'),
      );
      isDown = false;
      return answer;
    } catch (cause) {
      triedAt = performance.now();
      if (!isDown) report(new KitError('storeUnavailable', { cause }));
      isDown = true;
      return ask(memory);
    }
  }

  /** Keeps a copy in memory of what this process wrote, so that it knows its own registrations during an outage. */
  const alsoInMemory = async <T>(answer: Promise<T>, write: () => Promise<unknown>): Promise<T> => {
    const given = await answer;
    await write();
    return given;
  };

  return {
    get: (key) => call((from) => from.get(key)),
    set: (key, value, forMs) =>
      alsoInMemory(
        call((from) => from.set(key, value, forMs)),
        () => memory.set(key, value, forMs),
      ),
    claim: async (key, value, forMs) => {
      const isMine = await call((from) => from.claim(key, value, forMs));
      if (isMine) await memory.set(key, value, forMs);
      return isMine;
    },
    release: (key, value) =>
      alsoInMemory(
        call((from) => from.release(key, value)),
        () => memory.release(key, value),
      ),
    increment: (key, forMs) => call((from) => from.increment(key, forMs)),
    publish: (topic) => call((from) => from.publish(topic)),
    subscribe(onTopic) {
      // What is published during an outage goes to memory.
      const local = memory.subscribe(onTopic);
      let isOver = false;
      let end: (() => Promise<void>) | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const connect = () => {
        void (async () => store.subscribe(onTopic))().then(
          (endRemote) => {
            if (isOver) endRemote().catch(() => {});
            else end = endRemote;
          },
          (cause: unknown) => {
            if (!isDown) report(new KitError('storeUnavailable', { cause }));
            isDown = true;
            triedAt = performance.now();
            if (!isOver) timer = setTimeout(connect, retryMs);
          },
        );
      };
      connect();
      return Promise.resolve(async () => {
        isOver = true;
        clearTimeout(timer);
        await (
          await local
        )();
        await end?.().catch(() => {});
      });
    },
  };
}
