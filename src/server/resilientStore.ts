import { inTime } from '../contract/bounded';
import { KitError } from './answers';
import { undecidedMs } from './lease';
import { createMemoryStore, type KycStore } from './store';
import { createUnsaved } from './unsaved';

/** What this process can know of the other instances' registrations. */
export type Knowledge =
  /** The store answers. */
  | 'shared'
  /** The store has just failed, or is just back: another instance may have begun what can't be seen. */
  | 'unsettled'
  /** The store has been away for so long that what others had begun is over. This process knows its own only. */
  | 'own';

/** A store that always answers. */
export interface ResilientStore extends KycStore {
  knowledge(): Knowledge;
}

/** Longest wait for the store, in ms. Every answer waits for it several times. */
const storeMs = 500;

/** How long a store that failed is left alone before it is tried again, in ms. */
const retryMs = 1_000;

/** Longest wait for a subscription, in ms. */
const subscribeMs = 5_000;

/** How long the others may take to notice that the store is back, and to write down what they did meanwhile, in ms. */
const settleMs = 3_000;

/**
 * Wraps a store, so that the kit survives it: while it fails or takes too long, this process's memory answers. When it is
 * back, it is told what this process learned meanwhile.
 *
 * Leases, budgets and counts of an outage stay in memory. And the store's own memory isn't restored: a Redis that is
 * restarted without persistence has forgotten which tokens were spent.
 *
 * @param report called once per outage, with `storeUnavailable`
 */
export function createResilientStore(store: KycStore, report: (error: KitError) => void): ResilientStore {
  const memory = createMemoryStore();
  const unsaved = createUnsaved();
  let downSince: number | undefined;
  let settledAt = -Infinity;
  let triedAt = -Infinity;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const unavailable = (cause: unknown) => report(new KitError('storeUnavailable', { cause }));

  async function call<T>(ask: (from: KycStore) => Promise<T>): Promise<T> {
    // Timers may end with their request, as on Cloudflare Workers: then a call finds out whether the store is back.
    if (downSince !== undefined && performance.now() >= triedAt + retryMs) await tryAgain();
    if (downSince !== undefined) return ask(memory);
    try {
      return await answered(() => ask(store));
    } catch (cause) {
      if (downSince === undefined) unavailable(cause);
      downSince ??= performance.now();
      waitToRetry();
      return ask(memory);
    }
  }

  function waitToRetry(): void {
    triedAt = performance.now();
    clearTimeout(retry);
    retry = setTimeout(() => void tryAgain(), retryMs);
    letExit(retry);
  }

  /** Until everything is saved, memory answers: it knows more than the store. */
  async function tryAgain(): Promise<void> {
    // One call at a time: the others are answered from memory meanwhile.
    waitToRetry();
    try {
      await probe(store);
      while (!unsaved.isEmpty()) {
        waitToRetry();
        await unsaved.saveSome((save) => answered(() => save(store)));
      }
    } catch {
      return waitToRetry();
    }
    clearTimeout(retry);
    const now = performance.now();
    // In a shorter outage, no other instance has gone by its own knowledge.
    if (downSince !== undefined && now - downSince >= undecidedMs - settleMs) settledAt = now + settleMs;
    downSince = undefined;
  }

  return {
    knowledge() {
      const now = performance.now();
      if (downSince === undefined) return now < settledAt ? 'unsettled' : 'shared';
      return now < downSince + undecidedMs ? 'unsettled' : 'own';
    },
    get: (key) => call((from) => from.get(key)),
    // What this process writes, memory keeps as well: during an outage it knows its own registrations.
    async set(key, value, forMs) {
      await call((from) => {
        if (from === memory) unsaved.set(key, value, forMs);
        return from.set(key, value, forMs);
      });
      await memory.set(key, value, forMs);
    },
    async claim(key, value, forMs) {
      const isMine = await call((from) => from.claim(key, value, forMs));
      if (isMine) await memory.set(key, value, forMs);
      return isMine;
    },
    async renew(key, value, forMs) {
      const isMine = await call((from) => from.renew(key, value, forMs));
      if (isMine) await memory.set(key, value, forMs);
      return isMine;
    },
    async release(key, value) {
      await call((from) => {
        if (from === memory) unsaved.release(key, value);
        return from.release(key, value);
      });
      await memory.release(key, value);
    },
    increment: (key, forMs) => call((from) => from.increment(key, forMs)),
    async publish(topic) {
      // Wake-ups may be lost: a store that refuses them still keeps what it is told.
      if (downSince !== undefined) return memory.publish(topic);
      await answered(() => store.publish(topic)).catch(() => memory.publish(topic));
    },
    async subscribe(onTopic) {
      // What is published during an outage goes to memory.
      const endLocal = await memory.subscribe(onTopic);
      const endRemote = keepSubscribed(onTopic);
      return async () => {
        endRemote();
        await endLocal();
      };
    },
  };

  /** Subscribes again after a refusal, or when no answer came in time. @returns ends it */
  function keepSubscribed(onTopic: (topic: string) => void): () => void {
    let isOver = false;
    let failures = 0;
    let end = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function connect(): Promise<void> {
      let isLate = false;
      const subscribing = (async () => store.subscribe(onTopic))();
      subscribing.then(
        (endRemote) => {
          if (isOver || isLate) endRemote().catch(() => {});
          else end = () => void endRemote().catch(() => {});
        },
        () => {},
      );
      try {
        await inTime(subscribing, subscribeMs, () => new Error('The store did not subscribe within 5 s.'));
      } catch (cause) {
        isLate = true;
        // An outage is reported by the calls that meet it. A store that only refuses to subscribe is reported here.
        if (++failures === 2 && downSince === undefined) unavailable(cause);
        if (isOver) return;
        timer = setTimeout(() => void connect(), retryMs);
        letExit(timer);
      }
    }
    void connect();
    return () => {
      isOver = true;
      clearTimeout(timer);
      end();
    };
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  // Inside a function: a store may throw instead of rejecting.
  return inTime((async () => ask())(), storeMs, () => new Error('The store did not answer within 500 ms.'));
}

/** Does what a registration needs: a store that is full, or that may not run scripts, still answers reads. */
async function probe(store: KycStore): Promise<void> {
  const key = `probe:${crypto.randomUUID()}`;
  if (!(await answered(() => store.claim(key, '1', retryMs)))) throw new Error('The store refused a claim.');
  if (!(await answered(() => store.renew(key, '1', retryMs)))) throw new Error('The store has forgotten a claim.');
  await answered(() => store.release(key, '1'));
}

/** Node would otherwise stay for this timer. Other runtimes have nothing to stay for. */
function letExit(timer: ReturnType<typeof setTimeout>): void {
  (timer as { unref?: () => void }).unref?.();
}
