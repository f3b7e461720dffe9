import { QueryObserver, replaceEqualDeep } from '@tanstack/react-query';
import { courseOf } from '../contract/courseOf';
import type { GateFailure } from '../contract/failures';
import type { BrowserToken } from '../contract/vendors';
import { GateError } from '../contract/GateError';
import { defaultLinkHosts } from '../gate/allowedLinks';
import { deriveGateState } from '../gate/deriveGateState';
import type { GateSnapshot, ReadAnswer, RegistrationResult } from '../gate/GateSnapshot';
import type { GateState } from '../gate/GateState';
import { isUsable } from '../gate/isUsable';
import { opens } from '../gate/opens';
import { readingOf } from '../gate/readingOf';
import { pollDelay } from '../gate/pollDelay';
import { registrationDue } from '../gate/registrationDue';
import { defaultPolling, maxTimeoutMs } from '../gate/timing';
import { wakeAt } from '../gate/wakeAt';
import type { Answer } from './ask';
import { countFailure } from './countFailure';
import { createEndpoint, type Endpoint } from './createEndpoint';
import { createSessionKey } from './createSessionKey';
import type { GateOptions } from './GateOptions';
import type { GateEngine } from './GateSession';
import { ownQueryOptions } from './ownQueryOptions';
import { clientOver, privateClient } from './privateClient';
import { initialRecordOf } from './initialRecordOf';
import { initialStateOf } from './initialStateOf';
import { isTokenAvailable, registerOnce } from './registerOnce';
import { nextSeq } from './sequence';
import { forgetFailures, watchOf } from './watchOf';
import { watchedEndpoint } from './watchedEndpoint';

/** Answers this page itself has read. A hydrated, persisted or hand-written cache entry is not among them and cannot open a form. */
const ownAnswers = new WeakSet<ReadAnswer>();

/** The TanStack parts of a session while somebody listens. */
interface Run {
  readonly reads: QueryObserver<ReadAnswer, GateError>;
  readonly registrations: QueryObserver<RegistrationResult>;
  stop(): void;
}

/** A read that left before the engine was loaded. */
export interface FirstRead {
  readonly seq: number;
  /** Wall-clock ms. */
  readonly at: number;
  readonly answer: Promise<Answer>;
  /** Ends the request. */
  readonly stop: () => void;
}

/** @param firstRead taken for the first read, where that is due at once */
export function createGateEngine(
  initialOptions: GateOptions,
  initialState = initialStateOf(initialOptions),
  firstRead?: FirstRead,
): GateEngine {
  const { subject, queryClient } = initialOptions;
  // Resolved, so that gates that spell the same endpoint differently share one registration.
  const url = new URL(initialOptions.endpoint, location.href).href;
  // Registrations and session-key handles always live in the gate's own client.
  const ownClient = privateClient();
  const readClient = queryClient ? clientOver(queryClient) : ownClient;
  const name = JSON.stringify([url, subject]);
  const watch = watchOf(name);
  const startSeq = nextSeq();
  // Every gate asks for its own.
  const key = createSessionKey(ownClient, ['kyc-reuse-gate', 'session key', url, subject, startSeq], (signal) =>
    endpoint().sessionKey(signal),
  );
  const jitter = Math.random();
  const given = initialRecordOf(initialOptions);
  // A record from the page's beginning says nothing against what the page has read since.
  const isOutdated = !!watch.record && !opens(readingOf(watch.record), initialOptions.openWhen);
  // A block that the page began with is as good as one that was read.
  if (given && readingOf(given) === 'blocked') watch.record = given;
  const listeners = new Set<() => void>();

  let options = withToken(initialOptions);
  let run: Run | undefined;
  let wake: ReturnType<typeof setTimeout> | undefined;
  let waitingSince = Date.now();
  /** What `watch.reads` was when the present wait began. */
  let readsBefore = 0;
  let askedSeq = 0;
  let askedAt = 0;
  let consented = false;
  let fallbackChosen = false;
  let formFailure: GateFailure | undefined;
  let opened = initialState.status === 'ready' && !isOutdated ? initialState.record : undefined;
  let unusedRead = firstRead;

  let state = initialState;

  /** Everything that happens, happens here: look, act on what is due, tell the listeners. */
  function evaluate(): void {
    if (!run) return;
    if (registrationDue(snapshot()) <= Date.now() && !isConsentNeeded()) register();
    const seen = snapshot();
    const next = deriveGateState(seen);
    if (next.status === 'ready' && !opened) {
      opened = next.record;
      renewKey();
    }
    if (isWaiting(next) && !isWaiting(state)) startWaiting();
    run.reads.setOptions(
      readOptions(pollDelay(next, seen, options.polling ?? {}, Math.max(0, watch.reads - readsBefore - 1), jitter)),
    );
    // The answer to a POST is only progress: a read made after it tells.
    const answeredSeq = seen.registering || isOpen() || hasEnded(seen) ? 0 : (seen.registration?.seq ?? 0);
    if (answeredSeq > watch.readSeq) {
      watch.readSeq = answeredSeq;
      readsBefore = watch.reads;
      // Not at once: within the news of a fetch that has just begun, TanStack would run that one twice.
      queueMicrotask(() => {
        if (!isOpen()) void run?.reads.refetch();
      });
    }
    clearTimeout(wake);
    const wakeInMs = wakeAt(seen) - seen.now;
    if (wakeInMs < maxTimeoutMs) wake = setTimeout(evaluate, wakeInMs);
    const changed = replaceEqualDeep(state, next);
    if (changed === state) return;
    state = changed;
    tell();
  }

  function snapshot(): GateSnapshot {
    const answer = run?.reads.getCurrentResult().data;
    const registration = run?.registrations.getCurrentResult();
    const { shareToken } = options;
    const polling = options.polling ?? {};
    return {
      now: Date.now(),
      openWhen: options.openWhen ?? 'exists',
      fallbackAllowed: options.fallback === 'coinflow-kyc',
      fallbackChosen,
      consentNeeded: isConsentNeeded(),
      tokenAvailable: isTokenAvailable(shareToken),
      canMint: typeof shareToken !== 'object',
      linkHosts: options.linkHosts ?? defaultLinkHosts,
      slowAfterMs: polling.slowAfterMs ?? defaultPolling.slowAfterMs,
      maxWaitMs: polling.maxWaitMs ?? defaultPolling.maxWaitMs,
      waitingSince: Math.max(waitingSince, registration?.data?.at ?? 0),
      askedSeq,
      askedAt,
      read: answer && ownAnswers.has(answer) && answer.arrivedSeq > startSeq ? answer : undefined,
      readFailure: watch.failed,
      registering: registration?.fetchStatus === 'fetching',
      registration: registration?.data,
      opened,
      keyFailure: key.failure(),
      formFailure,
    };
  }

  async function read({ signal }: { signal: AbortSignal }): Promise<ReadAnswer> {
    const { failed } = watch;
    const first = unusedRead;
    unusedRead = undefined;
    if (first) signal.addEventListener('abort', first.stop);
    const { at, seq, answer: sent } = first ?? { at: Date.now(), seq: nextSeq() };
    watch.readSeq = seq;
    watch.reads++;
    try {
      const answer = { record: await endpoint().read(signal, sent), seq, arrivedSeq: nextSeq(), at };
      ownAnswers.add(answer);
      watch.failed = undefined;
      return answer;
    } catch (error) {
      if (!signal.aborted) watch.failed = countFailure(failed, error);
      throw error;
    }
  }

  function register(): void {
    const previous = run?.registrations.getCurrentResult().data;
    const queryFn = registering(name, watch, endpoint(), options.shareToken, previous);
    // Shared by every gate of this endpoint and subject: while one is out, this joins it.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor `query` is missing in earlier versions of 5
    void ownClient.prefetchQuery({ ...registrationOptions, staleTime: 0, queryFn });
  }

  const registrationOptions = {
    ...ownQueryOptions,
    queryKey: ['kyc-reuse-gate', 'registration', url, subject],
    gcTime: Infinity,
  };

  function readOptions(refetchInterval: number | false) {
    return {
      ...ownQueryOptions,
      queryKey: ['kyc-reuse-gate', 'withdrawer', url, subject],
      queryFn: read,
      enabled: !isOpen(),
      staleTime: 0,
      gcTime: 0,
      refetchInterval,
      refetchOnMount: 'always',
      refetchOnWindowFocus: 'always',
      refetchOnReconnect: 'always',
    } as const;
  }

  function start(): Run {
    forgetFailures(watch);
    watch.gates++;
    startWaiting();
    // What was hydrated or persisted under this key came with options of its own, and is not looked at anyway.
    readClient.removeQueries({ queryKey: readOptions(false).queryKey, exact: true, type: 'inactive' });
    const reads = new QueryObserver<ReadAnswer, GateError>(readClient, readOptions(false));
    const registrations = new QueryObserver<RegistrationResult>(ownClient, { ...registrationOptions, enabled: false });
    // Mounted clients hear of focus and of the network coming back.
    ownClient.mount();
    readClient.mount();
    const unsubscribe = [
      reads.subscribe(evaluate),
      registrations.subscribe(evaluate),
      key.start(!!options.sessionKey, isOpen(), onSessionKey),
      // A merchant may clear the cache under a gate that has nothing more to ask.
      readClient.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'removed' && query === reads.getCurrentQuery()) evaluate();
      }),
    ];
    // Another gate's read may be out, which this one has joined; by the next one this answer is too old.
    unusedRead?.stop();
    unusedRead = undefined;
    addEventListener('focus', onFocus);
    const stop = () => {
      clearTimeout(wake);
      if (--watch.gates === 0) watch.release?.();
      removeEventListener('focus', onFocus);
      for (const leave of unsubscribe) leave();
      readClient.unmount();
      ownClient.unmount();
    };
    return { reads, registrations, stop };
  }

  function onSessionKey(): void {
    evaluate();
    tell();
  }

  /** Another window may have signed the user in, or taken the missing input, without ever hiding this one. */
  function onFocus(): void {
    const isSignedOut = state.status === 'failed' && isSignIn(state.failure);
    if (!isSignedOut && state.status !== 'needsInput') return;
    // A registration that was refused for that reason may go again, once for each return.
    if (isSignedOut && isSignIn(run?.registrations.getCurrentResult().data?.failure)) noteAsked();
    if (isOpen()) key.refetch();
    else void run?.reads.refetch({ cancelRefetch: false });
  }

  function noteAsked(): void {
    askedSeq = nextSeq();
    askedAt = Date.now();
  }

  function ask(): void {
    forgetFailures(watch);
    startWaiting();
    if (!isOpen()) void run?.reads.refetch();
    // An open form that shows is left alone, and so is the key it was opened with.
    else if (state.status === 'failed') return reopen();
    evaluate();
  }

  function reopen(): void {
    formFailure = undefined;
    renewKey();
    evaluate();
  }

  function renewKey(): void {
    if (options.sessionKey) key.renew();
  }

  function startWaiting(): void {
    waitingSince = Date.now();
    readsBefore = watch.reads;
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function endpoint(): Endpoint {
    return watchedEndpoint(
      createEndpoint({ endpoint: url, subject, ...(options.request && { request: options.request }) }),
      watch,
    );
  }

  function isOpen(): boolean {
    return opened !== undefined || fallbackChosen;
  }

  function isConsentNeeded(): boolean {
    // A misspelt "Consent" must not share anything.
    return (options.start ?? 'auto') !== 'auto' && !consented;
  }

  return {
    getState: () => state,
    getSessionKey: key.get,
    subscribe(listener) {
      listeners.add(listener);
      if (!run) {
        run = start();
        evaluate();
      }
      return () => {
        listeners.delete(listener);
        // StrictMode leaves and comes back at once; that is no reason to ask again.
        queueMicrotask(() => {
          if (listeners.size > 0) return;
          run?.stop();
          run = undefined;
        });
      };
    },
    update(next) {
      const before = tokenOf(options);
      options = withToken(next);
      if (typeof options.shareToken === 'object' && tokenOf(options) !== before) noteAsked();
      evaluate();
    },
    retry() {
      noteAsked();
      ask();
    },
    recheck: ask,
    reopen,
    consent() {
      consented = true;
      startWaiting();
      evaluate();
    },
    chooseFallback() {
      if (!('canFallback' in state && state.canFallback)) return;
      fallbackChosen = true;
      renewKey();
      evaluate();
    },
    setFormFailure(failure) {
      formFailure = failure;
      evaluate();
    },
  };
}

/** Whether a read would tell no more: the record is there, a refusal was confirmed by one, or nothing was sent, and what has failed does not mend itself. */
function hasEnded({ registration, read, readFailure }: GateSnapshot): boolean {
  if (registration?.outcome === 'refused' || isUsable(read?.record)) return true;
  return (
    registration?.outcome === 'notSent' &&
    [registration.failure, readFailure?.failure].some((failure) => failure && courseOf(failure) !== 'transient')
  );
}

/** Made out here: the page keeps a registration's result and, with it, its function, which would keep the whole engine and its session key. */
function registering(...given: Parameters<typeof registerOnce>): () => Promise<RegistrationResult> {
  return () => registerOnce(...given);
}

function isSignIn(failure: GateFailure | undefined): boolean {
  return !!failure && courseOf(failure) === 'signIn';
}

function isWaiting({ status }: GateState): boolean {
  return status === 'checking' || status === 'registering' || status === 'processing' || status === 'delayed';
}

/** JavaScript's `token ?? null`, while one is being fetched, asks nobody to mint one: it stands for a token that is none. */
function withToken(options: GateOptions): GateOptions {
  return (options.shareToken as unknown) === null ? { ...options, shareToken: {} as BrowserToken } : options;
}

function tokenOf({ shareToken }: GateOptions): string | undefined {
  return typeof shareToken === 'object' ? shareToken.shareToken : undefined;
}
