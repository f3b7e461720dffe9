import { lightWeb } from './lightWeb';
import type { Fact, Event } from './Trace';

type Callback = () => void;

interface Timer {
  at: number;
  readonly run: Callback;
  readonly everyMs: number | undefined;
  /** Belongs to the world around the page: a server, the network, another tab. */
  readonly isOutside: boolean;
}

/** A page with a clock of its own: time, timers, events, network, visibility and locks. One at a time takes the place of the globals. */
export interface VirtualPage {
  readonly trace: Event[];
  note(fact: Fact): void;
  /** True time, ms; `Date.now()` differs from it by the clock jumps so far. */
  now(): number;
  /** Lets time pass, everything due in it happening one by one. */
  pass(ms: number): Promise<void>;
  /** Lets promises settle; no time passes. */
  settle(): Promise<void>;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  jumpClock(ms: number): void;
  emit(type: string): void;
  setVisible(visible: boolean): void;
  setOnline(online: boolean): void;
  isOnline(): boolean;
  /** Another tab takes every lock, if this page holds none, and lets go after `ms`. */
  lockElsewhere(ms: number, onRelease: Callback): void;
  isLocked(): boolean;
  /** Timers of the page itself. */
  timerCount(): number;
  listenerCount(): number;
  /** Puts the real globals back. */
  close(): void;
}

/** True time at which every page begins, ms. */
const beganAt = 1_800_000_000_000;

/** More events than any honest schedule needs: a gate that is busy in circles. */
const maxEvents = 30_000;

// TanStack Query asks once, while loading, whether it is on a server. Imported before it, this says no.
if (typeof window === 'undefined') Object.assign(globalThis, { window: globalThis });

/** What a page is opened with. */
interface PageOptions {
  readonly jitter: number;
  readonly locks: boolean;
  readonly fromHistory: boolean;
  /** Keeps Node's requests and abort signals, which cost half of a schedule's time. */
  readonly heavyWeb: boolean;
}

export function openVirtualPage({ jitter, locks, fromHistory, heavyWeb }: PageOptions): VirtualPage {
  const trace: Event[] = [];
  const timers = new Map<number, Timer>();
  const listeners = new Map<string, Set<unknown>>();
  const isDom = typeof MutationObserver !== 'undefined';
  let now = beganAt;
  let skew = 0;
  let ids = 0;
  let events = 0;
  let visible = true;
  let online = true;
  let heldElsewhere = false;
  const held = new Set<string>();
  const waiters: { readonly name: string; readonly grant: Callback }[] = [];

  const note = (fact: Fact) => void trace.push({ ...fact, at: now, wall: now + skew });
  const guard = (run: Callback) => {
    try {
      run();
    } catch (error) {
      note({ is: 'threw', text: String(error) });
    }
  };
  const settle = async () => {
    if (!isDom) return nextTurn();
    // React renders in a turn of its own, and has its effects in the next.
    for (let turns = 3; turns > 0; turns--) await new Promise<void>((resolve) => setImmediate(resolve));
  };

  function addTimer(run: Callback, ms = 0, everyMs?: number, isOutside = false): number {
    timers.set(++ids, { at: now + Math.max(0, ms), run, everyMs, isOutside });
    return ids;
  }
  const removeTimer = (id: number) => void timers.delete(id);

  async function pass(ms: number): Promise<void> {
    const until = now + ms;
    await settle();
    for (;;) {
      let next: readonly [number, Timer] | undefined;
      for (const entry of timers) if (!next || entry[1].at < next[1].at) next = entry;
      if (!next || next[1].at > until) break;
      const [id, timer] = next;
      now = Math.max(now, timer.at);
      if (timer.everyMs === undefined) timers.delete(id);
      else timer.at = now + Math.max(1, timer.everyMs);
      guard(timer.run);
      await settle();
      if (++events > maxEvents) {
        note({ is: 'threw', text: 'busy in circles' });
        timers.clear();
      }
    }
    now = until;
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const id = ms === Infinity ? 0 : addTimer(resolve, ms, undefined, true);
      signal?.addEventListener('abort', () => {
        removeTimer(id);
        resolve();
      });
    });
  }

  function grantNext(): void {
    for (const waiter of [...waiters]) {
      if (heldElsewhere || held.has(waiter.name)) continue;
      waiters.splice(waiters.indexOf(waiter), 1);
      held.add(waiter.name);
      waiter.grant();
    }
  }

  async function requestLock<T>(
    name: string,
    { signal, ifAvailable }: { signal?: AbortSignal; ifAvailable?: boolean },
    run: (lock: object | null) => T | Promise<T>,
  ): Promise<T> {
    if (ifAvailable && (heldElsewhere || held.has(name))) return run(null);
    note({ is: 'lock', by: 'page', held: true });
    const granted = new Promise<void>((grant, refuse) => {
      const waiter = { name, grant };
      waiters.push(waiter);
      signal?.addEventListener('abort', () => {
        if (!waiters.includes(waiter)) return;
        waiters.splice(waiters.indexOf(waiter), 1);
        refuse(new DOMException('aborted', 'AbortError'));
      });
      grantNext();
    });
    const subject = /u-\w+/.exec(name)?.[0] ?? '';
    try {
      await granted;
      note({ is: 'turn', subject, held: true });
      return await run({ name });
    } finally {
      if (held.delete(name)) note({ is: 'turn', subject, held: false });
      note({ is: 'lock', by: 'page', held: false });
      grantNext();
    }
  }

  const add = (type: string, listener: unknown) =>
    void listeners.set(type, (listeners.get(type) ?? new Set()).add(listener));
  const remove = (type: string, listener: unknown) => void listeners.get(type)?.delete(listener);
  function emit(type: string): void {
    if (isDom) window.dispatchEvent(new window.Event(type));
    else for (const listener of [...(listeners.get(type) ?? [])]) guard(listener as Callback);
  }

  const restore = replaceGlobals({
    setTimeout: (run: Callback, ms?: number) => addTimer(run, ms),
    clearTimeout: removeTimer,
    setInterval: (run: Callback, ms: number) => addTimer(run, ms, ms),
    clearInterval: removeTimer,
    performance: {
      now: () => now - beganAt,
      getEntriesByType: () => [{ type: fromHistory ? 'back_forward' : 'navigate' }],
    },
    navigator: {
      get onLine() {
        return online;
      },
      ...(locks && { locks: { request: requestLock } }),
    },
    ...(isDom
      ? {}
      : {
          ...(heavyWeb ? {} : lightWeb),
          location: { href: 'https://shop.test/payout' },
          addEventListener: add,
          removeEventListener: remove,
        }),
  });
  const realDate = Date.now;
  const realRandom = Math.random;
  Date.now = () => now + skew;
  Math.random = () => jitter;
  const stopWatching = isDom ? watchListeners(add, remove) : provideDocument(() => visible);
  if (isDom)
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (visible ? 'visible' : 'hidden'),
    });

  note({ is: 'began', fromHistory, locks });
  const tellAwake = () => note({ is: 'page', awake: visible && online, visible });
  return {
    trace,
    note,
    now: () => now,
    pass,
    settle,
    sleep,
    emit,
    jumpClock(ms) {
      skew += ms;
    },
    setVisible(next) {
      visible = next;
      tellAwake();
      emit('visibilitychange');
    },
    setOnline(next) {
      online = next;
      tellAwake();
      emit(next ? 'online' : 'offline');
    },
    isOnline: () => online,
    lockElsewhere(ms, onRelease) {
      if (!locks || heldElsewhere || held.size > 0) return;
      heldElsewhere = true;
      note({ is: 'lock', by: 'otherTab', held: true });
      const letGo = () => {
        heldElsewhere = false;
        onRelease();
        note({ is: 'lock', by: 'otherTab', held: false });
        grantNext();
      };
      addTimer(letGo, ms, undefined, true);
    },
    isLocked: () => held.size > 0 || waiters.length > 0,
    timerCount: () => [...timers.values()].filter(({ isOutside }) => !isOutside).length,
    listenerCount: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    close() {
      stopWatching();
      restore();
      Date.now = realDate;
      Math.random = realRandom;
    },
  };
}

/** Who waits for the next turn, and how many turns are ordered. */
let waiting: Callback[] = [];
let ordered = 0;

/**
 * A turn of the event loop: promises have settled, and unhandled rejections been told. Many are ordered at once, since the loop
 * asks the system for events between two batches of immediates, which costs more than most turns.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (ordered > 0) return;
    for (; ordered < 50; ordered++) setImmediate(turn);
  });
}

function turn(): void {
  ordered--;
  const callbacks = waiting;
  waiting = [];
  for (const callback of callbacks) callback();
}

function replaceGlobals(values: Record<string, unknown>): Callback {
  const before = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}

/** Without a DOM: as much of `document` as TanStack Query looks at. */
function provideDocument(isVisible: () => boolean): Callback {
  return replaceGlobals({
    document: {
      baseURI: 'https://shop.test/payout',
      get visibilityState() {
        return isVisible() ? 'visible' : 'hidden';
      },
    },
  });
}

/** With a DOM: counts what the page's own code listens to. React's own listeners lie on the container. */
function watchListeners(
  add: (type: string, listener: unknown) => void,
  remove: (type: string, listener: unknown) => void,
): Callback {
  const { addEventListener, removeEventListener } = window;
  window.addEventListener = globalThis.addEventListener = (...args: Parameters<typeof window.addEventListener>) => {
    add(args[0], args[1]);
    addEventListener.apply(window, args);
  };
  window.removeEventListener = globalThis.removeEventListener = (
    ...args: Parameters<typeof window.removeEventListener>
  ) => {
    remove(args[0], args[1]);
    removeEventListener.apply(window, args);
  };
  return () => {
    window.addEventListener = globalThis.addEventListener = addEventListener;
    window.removeEventListener = globalThis.removeEventListener = removeEventListener;
  };
}
