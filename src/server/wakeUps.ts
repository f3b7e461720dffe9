import { createExpiringMap } from './expiringMap';
import type { KycStore } from './store';

/**
 * Whether one request may never touch another one's I/O here: Cloudflare Workers hang or cancel a request that awaits or
 * is resolved by another. Each request then waits by its own timers and looks at facts.
 */
export function isolatesRequests(): boolean {
  return typeof navigator === 'object' && navigator.userAgent === 'Cloudflare-Workers';
}

/** This process's ear on the store's topics. */
export interface WakeUps {
  /** Subscribes to the store, unless that has happened. Never fails. */
  listen(): void;
  /** Calls back on each wake-up of the topic. @returns ends it */
  on(topic: string, wake: () => void): () => void;
  /** When the topic last woke somebody, by `performance.now()`; `undefined` if it didn't within a minute. */
  lastAt(topic: string): number | undefined;
  /** Waits for a wake-up of the topic, or for the time to pass. */
  wait(topic: string, forMs: number): Promise<void>;
  /** How many wake-ups of users came. */
  count(): number;
}

/** Longer than any gap between two held requests of a gate, in ms. */
const rememberedMs = 60_000;

/** Creates the ear. It subscribes with the first request: a build that only loads the module must not connect anywhere. */
export function createWakeUps(store: KycStore, isIsolated: boolean): WakeUps {
  const listeners = new Map<string, Set<() => void>>();
  const lastAt = createExpiringMap<number>();
  let hasSubscribed = isIsolated;
  let count = 0;

  function listen(): void {
    if (hasSubscribed) return;
    hasSubscribed = true;
    store
      .subscribe((topic) => {
        if (topic.startsWith('user:')) count++;
        lastAt.set(topic, performance.now(), rememberedMs);
        for (const wake of [...(listeners.get(topic) ?? [])]) wake();
      })
      .catch(() => (hasSubscribed = false));
  }

  function on(topic: string, wake: () => void): () => void {
    const all = listeners.get(topic) ?? new Set();
    listeners.set(topic, all.add(wake));
    return () => {
      all.delete(wake);
      if (all.size === 0 && listeners.get(topic) === all) listeners.delete(topic);
    };
  }

  return {
    listen,
    on,
    lastAt: (topic) => lastAt.get(topic),
    wait: (topic, forMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(end, forMs);
        const stop = isIsolated ? () => {} : on(topic, end);
        function end() {
          clearTimeout(timer);
          stop();
          resolve();
        }
      }),
    count: () => count,
  };
}
