import { onTestFinished } from 'vitest';

type Grant = (lock: { readonly name: string } | null) => unknown;

/** Web Locks of one test: jsdom has none. */
export interface FakeLocks {
  /** Names of the locks that anybody holds. */
  held(): string[];
  /** Another tab takes this lock. @returns lets go of it */
  takeElsewhere(name: string): () => void;
}

/** Gives `navigator` exclusive locks, first come, first served, until the test ends. */
export function installLocks(): FakeLocks {
  const held = new Set<string>();
  const waiting = new Set<{ readonly name: string; readonly grant: () => void }>();

  async function hold(name: string, grant: Grant): Promise<unknown> {
    held.add(name);
    try {
      await Promise.resolve();
      return await grant({ name });
    } finally {
      held.delete(name);
      for (const next of waiting) {
        if (next.name !== name || held.has(name)) continue;
        waiting.delete(next);
        next.grant();
      }
    }
  }

  function request(name: string, { ifAvailable, signal }: LockOptions, grant: Grant): Promise<unknown> {
    if (!held.has(name)) return hold(name, grant);
    if (ifAvailable) return Promise.resolve(grant(null));
    return new Promise((resolve, reject) => {
      const waiter = { name, grant: () => resolve(hold(name, grant)) };
      waiting.add(waiter);
      signal?.addEventListener('abort', () => {
        if (waiting.delete(waiter)) reject(new DOMException('Aborted', 'AbortError'));
      });
    });
  }

  lendLocks({ request });
  return {
    held: () => [...held],
    takeElsewhere(name) {
      let release = () => {};
      void request(name, {}, () => new Promise<void>((resolve) => (release = resolve)));
      return () => release();
    },
  };
}

/** Puts a `LockManager` of the test's own into `navigator`, or `undefined`, until the test ends. */
export function lendLocks(locks: { request: (...args: never[]) => Promise<unknown> } | undefined): void {
  Object.defineProperty(navigator, 'locks', { configurable: true, value: locks });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'locks'));
}

/** Web Locks that never answer, unless the test does. */
export function silentLocks(): {
  /** Grants the latest request. @returns what its holder returned: a promise for as long as it keeps the lock */
  grant(): unknown;
} {
  let latest: () => unknown = () => {};
  lendLocks({
    request: (name: string, _: LockOptions, grant: Grant) => {
      latest = () => grant({ name });
      return new Promise(() => {});
    },
  });
  return { grant: () => latest() };
}
