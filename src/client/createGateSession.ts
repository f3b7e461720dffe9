import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import type { GateState } from '../gate/GateState';
import { ask } from './ask';
import type { FirstRead } from './createGateEngine';
import type { EngineSource } from './EngineSource';
import type { GateOptions } from './GateOptions';
import type { GateEngine, GateSession } from './GateSession';
import { initialStateOf } from './initialStateOf';
import { nextSeq } from './sequence';
import { whenLoaded } from './whenLoaded';

/**
 * A session that loads its own engine, and TanStack Query with it, beside its first read: what a page pays before a gate is mounted stays small, and no time is lost.
 * Until the engine is there the state is `checking`, or `ready` by an `initialRecord`.
 *
 * @param source where the engine comes from
 * @param setupFailure wrong props, found before; nothing is asked then
 */
export function createGateSession(
  source: EngineSource,
  initialOptions: GateOptions,
  setupFailure?: GateFailure,
): GateSession {
  const initialState = setupFailure ? failed(setupFailure, false) : initialStateOf(initialOptions);
  const listeners = new Set<() => void>();
  const pending: ((engine: GateEngine) => void)[] = [];
  let options = initialOptions;
  let state = initialState;
  let engine: GateEngine | undefined;
  let stop: (() => void) | undefined;

  function start(): void {
    if (stop || setupFailure) return;
    if (source.loaded) return run(source.loaded);
    const abort = new AbortController();
    const first =
      state.status === 'ready'
        ? undefined
        : { seq: nextSeq(), at: Date.now(), answer: ask(options, { signal: abort.signal }), stop: () => abort.abort() };
    // Told by the engine, once it is there.
    first?.answer.catch(() => {});
    const endWait = whenLoaded(
      source.load(),
      (module) => {
        source.loaded = module;
        if (!abort.signal.aborted) run(module, first);
      },
      () => {
        // Whoever has come back since loads anew.
        if (abort.signal.aborted) return;
        abort.abort();
        stop = undefined;
        // An open `children` needs no engine; whatever the page or the user asks for next loads it.
        if (state.status === 'ready' && !options.sessionKey) return;
        show(failed({ code: 'unreachable', message: explain('engineMissing') }, true));
      },
    );
    stop = () => {
      endWait();
      abort.abort();
    };
  }

  function run({ createGateEngine }: NonNullable<EngineSource['loaded']>, first?: FirstRead): void {
    const running = (engine ??= createGateEngine(options, initialState, first));
    stop = running.subscribe(() => show(running.getState()));
    for (const call of pending.splice(0)) call(running);
    show(running.getState());
  }

  function show(next: GateState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  /** Calls the engine, now or once it is there. */
  function later(call: (engine: GateEngine) => void): void {
    if (engine) return call(engine);
    pending.push(call);
    if (stop || setupFailure || listeners.size === 0) return;
    // The engine could not be loaded before.
    show(initialState);
    start();
  }

  return {
    id: nextSeq(),
    getState: () => state,
    getInitialState: () => initialState,
    getSessionKey: () => engine?.getSessionKey(),
    subscribe(listener) {
      listeners.add(listener);
      start();
      return () => {
        listeners.delete(listener);
        // StrictMode leaves and comes back at once; that is no reason to ask again.
        queueMicrotask(() => {
          if (listeners.size > 0) return;
          stop?.();
          stop = undefined;
        });
      };
    },
    update(next) {
      options = next;
      engine?.update(next);
    },
    retry: () => later((it) => it.retry()),
    recheck: () => later((it) => it.recheck()),
    reopen: () => later((it) => it.reopen()),
    consent: () => later((it) => it.consent()),
    chooseFallback: () => later((it) => it.chooseFallback()),
    setFormFailure: (failure) => later((it) => it.setFormFailure(failure)),
  };
}

function failed(failure: GateFailure, canRetry: boolean): GateState {
  return { status: 'failed', failure, canRetry, canFallback: false };
}
