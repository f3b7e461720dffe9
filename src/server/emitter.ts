import { KitError } from './answers';
import { type Emit, isFailure, type KycEvent } from './events';

/** How long repetitions are counted before they are told, in ms. */
const windowMs = 10_000;

/** Beyond so many kinds of failure at a time, those of one code are one kind. Errors of your own may differ without end. */
const maxKinds = 200;

/** Events that may stand for several. */
type Counted = Extract<KycEvent, { count: number }>;

/** Repetitions of one kind of failure. */
interface Window {
  /** By `performance.now()`. */
  endsAt: number;
  /** How many came that were not told yet. */
  count: number;
  last: Counted;
}

/**
 * Wraps a merchant's `onEvent`, which may throw or reject, and counts the failures that repeat: a held request reads
 * again and again, and so do ten thousand.
 *
 * @param report told of the first time that `onEvent` fails, and of no other: it could be failing all the time
 */
export function createEmitter(
  onEvent: ((event: KycEvent) => unknown) | undefined,
  report: (error: KitError) => void,
): Emit {
  if (!onEvent) return () => {};
  const windows = new Map<string, Window>();
  let isReported = false;

  function send(event: KycEvent): void {
    new Promise((resolve) => {
      resolve(onEvent?.(event));
    }).catch((cause: unknown) => {
      if (!isReported)
        report(new KitError('internal', { message: '`onEvent` threw; see `cause` in `onError`.', cause }));
      isReported = true;
    });
  }

  function open(kind: string, window: Window): void {
    window.endsAt = performance.now() + windowMs;
    window.count = 0;
    windows.set(kind, window);
    const timer = setTimeout(() => close(kind, window), windowMs);
    // A count that is due keeps no process alive. Only Node's timers know how.
    (timer as { unref?: () => void }).unref?.();
  }

  function close(kind: string, window: Window): void {
    if (windows.get(kind) !== window) return;
    windows.delete(kind);
    if (window.count === 0) return;
    send({ ...window.last, count: window.count });
    open(kind, window);
  }

  return (event) => {
    if (!('count' in event)) return send(event);
    const parts = kindOf(event);
    if (!parts) return send(event);
    const exact = JSON.stringify(parts);
    const kind = windows.has(exact) || windows.size < maxKinds ? exact : JSON.stringify(parts.slice(0, 2));
    const known = windows.get(kind);
    if (known && performance.now() < known.endsAt) {
      known.count++;
      known.last = event;
      return;
    }
    // Where timers end with their request, nobody has told of the last window's.
    send({ ...event, count: 1 + (known?.count ?? 0) });
    open(kind, { endsAt: 0, count: 0, last: event });
  };
}

/** What makes two failures the same, beginning with type and code; `undefined` if nothing has failed. */
function kindOf(event: Counted): readonly unknown[] | undefined {
  switch (event.type) {
    case 'upstream': {
      const { type, outcome, operation, upstreamStatus, causeCode } = event;
      return isFailure(outcome) ? [type, outcome, operation, upstreamStatus, causeCode] : undefined;
    }
    case 'webhook': {
      const { type, outcome, causeCode } = event;
      return isFailure(outcome) ? [type, outcome, causeCode] : undefined;
    }
    case 'error': {
      const { type, code, upstreamStatus, causeCode, message } = event;
      return [type, code, upstreamStatus, causeCode, message];
    }
    default:
      return event satisfies never;
  }
}
