import { replaceEqualDeep } from '@tanstack/react-query';
import { type GateFailure, isSignIn } from '../contract/failures';
import { decide } from '../gate/decide';
import { type GateState, isWaiting } from '../gate/GateState';
import { maxTimeoutMs } from '../gate/pollingOptions';
import { opens } from '../gate/reading';
import type { Ask, GateSnapshot, ReadKind } from '../gate/snapshot';
import { beginningOf, stateOf } from './beginning';
import { type GateOptions, urlOf } from './options';
import { watchPage } from './page';
import { createReadQuery, type ReadQuery } from './readQuery';
import { registerOnce, tokenOf, withToken } from './registerOnce';
import { type GateSession, heldSession } from './session';
import { createSessionKey } from './sessionKey';
import { type OwnFacts, takeSnapshot } from './snapshot';
import { forgetFailures, nextSeq, readOnce, roomOf, tell } from './subject';

/**
 * The engine of one gate: takes a snapshot, asks `decide` what follows, does it, and notifies
 * listeners. It decides nothing itself.
 *
 * @param setupFailure wrong props; the session then stays `failed` and asks nothing
 */
export function createGate(initialOptions: GateOptions, setupFailure?: GateFailure): GateSession {
  if (setupFailure)
    return heldSession({ status: 'failed', failure: setupFailure, canRetry: false, canFallback: false });
  const { subject, queryClient } = initialOptions;
  const url = urlOf(initialOptions.endpoint);
  // A subject that isn't known yet is no failure: a new session starts once it is.
  if (subject == null || !url) return heldSession({ status: 'checking' });

  const room = roomOf({ url, subject });
  const target = () => ({ url, subject, request: options.request });
  const beginning = beginningOf(initialOptions, room);
  const own: OwnFacts = {
    opened: beginning.opened,
    openedUpon: room.answer,
    stood: beginning.stood,
    readSince: 0,
    waitingSince: 0,
  };
  const key = createSessionKey(room, target, onSessionKey, beginning.key);
  const listeners = new Set<() => void>();
  let options = withToken(initialOptions);
  // The same object, if it is the same state: React 18 gives up hydrating what renders again meanwhile.
  let state = replaceEqualDeep(beginning.initialState, stateOf(own.opened));
  let query: ReadQuery | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unwatchPage = () => {};

  /** One round: look, decide, do, tell. Everything goes through here. */
  function evaluate(): void {
    if (!query) return;
    closeUnlessMounted();
    let seen = look();
    let decision = decide(seen);
    if (isWaiting(decision.state) && !isWaiting(state)) {
      own.waitingSince = Date.now();
      seen = look();
      decision = decide(seen);
    }
    const { state: next, todo, fetchKey, decideAgainAt } = decision;
    if (next.status === 'ready' && !own.opened) {
      Object.assign(own, { opened: next.record, openedUpon: room.answer });
      renewKey();
      return evaluate();
    }
    if (todo === 'register') return register(seen);
    if (todo) readNow(todo);
    if (fetchKey) key.fetch();
    clearTimeout(timer);
    const inMs = decideAgainAt - Date.now();
    if (inMs <= maxTimeoutMs) timer = setTimeout(evaluate, inMs);
    show(next);
  }

  /** While the form still waits for its key, another gate may read that the user has been blocked: the latest answer counts. */
  function closeUnlessMounted(): void {
    const isMounted = !options.sessionKey || key.get() !== undefined;
    const isOutdated = room.answer && room.answer !== own.openedUpon && !opens(room.answer.record, options.openWhen);
    if (!isMounted && isOutdated) own.opened = undefined;
  }

  function look(): GateSnapshot {
    return takeSnapshot(options, own, beginning, room, key);
  }

  function readNow(kind: ReadKind): void {
    // The pending read left too early: abort it, and the next round reads anew.
    if (room.out.size > 0) room.out.forEach((abort) => abort.abort());
    else void query?.run(kind).then(() => tell(room));
  }

  function register({ hasLooked }: GateSnapshot): void {
    void registerOnce(room, target(), options.shareToken, hasLooked);
    // Let the other gates of this subject show it too.
    tell(room);
  }

  function start(): void {
    query = createReadQuery(room.name, (signal, kind) => readOnce(room, target(), signal, kind), queryClient);
    forgetFailures(room);
    beginning.noteBlock();
    own.waitingSince = Date.now();
    // A gate that comes back goes by what is read from now on.
    const isRestart = own.readSince !== 0;
    if (isRestart) own.stood = room.answer;
    own.told = isRestart ? undefined : beginning.toldNothing();
    if (own.told) room.lastRead = own.told;
    // Accept a read that is pending or was prefetched for this gate. Only earlier answers are too old.
    // Don't wait for a held read: it may take seconds.
    const isReading = room.out.size > 0 && !room.stopWatching;
    const isUnderWay = own.told || room.answer !== own.stood || isReading;
    own.readSince = isUnderWay ? room.lastRead.seq : nextSeq();
    unwatchPage = watchPage(onReturn, onFocus);
    room.gates.add(evaluate);
    evaluate();
  }

  function stop(): void {
    clearTimeout(timer);
    unwatchPage();
    room.gates.delete(evaluate);
    if (room.gates.size === 0) room.letGo?.();
    key.stop();
    query?.leave();
    query = undefined;
  }

  function onReturn(): void {
    const isWatching = room.stopWatching !== undefined;
    // A hidden page must not keep a connection open, and after an offline spell the old one may be dead.
    room.stopWatching?.();
    if (isOpen()) return key.get() ? undefined : renewKey();
    // While hidden, the page may have missed anything. A pending read is recent enough.
    const isRecent = room.out.size > 0 && !isWatching;
    if (document.visibilityState !== 'hidden' && !isRecent) own.readSince = nextSeq();
    evaluate();
  }

  /** The user may have signed in or given the missing input in another window, without ever hiding this one. */
  function onFocus(): void {
    const isSignedOut = state.status === 'failed' && isSignIn(state.failure);
    if (!isSignedOut && state.status !== 'needsInput') return;
    if (isOpen()) return renewKey();
    // A registration that failed for lack of sign-in may go again, once per return.
    if (isSignedOut && isSignIn(room.registration?.failure)) noteAsked('retry');
    else own.readSince = nextSeq();
    evaluate();
  }

  function noteAsked(kind: Ask['kind']): void {
    own.asked = { kind, seq: nextSeq(), at: Date.now() };
  }

  function askAgain(kind: Ask['kind']): void {
    noteAsked(kind);
    forgetFailures(room);
    own.waitingSince = Date.now();
    // Leave a visible form alone, and the key it was opened with.
    if (isOpen() && state.status === 'failed') reopen();
    else evaluate();
  }

  function reopen(): void {
    own.formFailure = undefined;
    renewKey();
    evaluate();
  }

  function renewKey(): void {
    if (options.sessionKey) key.renew();
  }

  function onSessionKey(): void {
    evaluate();
    listeners.forEach((listener) => listener());
  }

  function show(next: GateState): void {
    const changed = replaceEqualDeep(state, next);
    if (changed === state) return;
    state = changed;
    listeners.forEach((listener) => listener());
  }

  function isOpen(): boolean {
    return own.opened !== undefined || !!own.fallbackChosen;
  }

  return {
    id: nextSeq(),
    getState: () => state,
    getInitialState: () => beginning.initialState,
    getSessionKey: key.get,
    subscribe(listener) {
      listeners.add(listener);
      if (!query) start();
      return () => {
        listeners.delete(listener);
        // StrictMode unsubscribes and resubscribes at once: don't stop and ask again.
        queueMicrotask(() => {
          if (listeners.size === 0 && query) stop();
        });
      };
    },
    update(next) {
      const before = tokenOf(options);
      options = withToken(next);
      if (typeof options.shareToken === 'object' && tokenOf(options) !== before) noteAsked('retry');
      evaluate();
    },
    retry: () => askAgain('retry'),
    recheck: () => askAgain('recheck'),
    reopen,
    consent() {
      own.hasConsented = true;
      own.waitingSince = Date.now();
      evaluate();
    },
    chooseFallback() {
      if (!('canFallback' in state && state.canFallback)) return;
      own.fallbackChosen = true;
      renewKey();
      evaluate();
    },
    setFormFailure(failure) {
      own.formFailure = failure;
      evaluate();
    },
  };
}
