import { inTime } from '../contract/bounded';
import { holdMs as defaultHoldMs, parsePreferWait } from '../contract/limits';
import type { InitialRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import {
  KitError,
  type KitErrorCode,
  kitErrorOf,
  type RecordAnswer,
  respondError,
  respondJson,
  respondRecord,
} from './answers';
import { createBudgets } from './budgets';
import { createCoinflow } from './coinflow';
import { createDeadline, type Deadline, mintReserveMs, sendReserveMs } from './deadline';
import { createEmitter } from './emitter';
import { type Emit, errorEvent } from './events';
import { createHolds } from './hold';
import type { KycReuseHandlerOptions } from './options';
import { createReads, etagOf, isUsable, type Told } from './reads';
import { createRegistrations } from './registrations';
import { createReport } from './report';
import { requestIdOf } from './requestId';
import { checkOrigins, checkRequest, corsHeaders, readBody, respondPreflight } from './requests';
import { createResilientStore } from './resilientStore';
import { createSharedWatch } from './sharedWatch';
import { createCounters, type KycStats } from './stats';
import { createMemoryStore } from './store';
import { aboutOf, type RequestTrace, trackCall, trackHold, trackInitialRecord, trackRequest } from './tracking';
import { checkContact, isSubjectOf, type KnownUser, knownUser, type KycUser, subjectOf } from './users';
import { parseBrowserToken, parseMintedToken } from './vendors/shareTokens';
import { createWakeUps, isolatesRequests } from './wakeUps';

/** The handler, plus a reader for server rendering. */
export interface KycReuseHandler {
  (request: Request): Promise<Response>;
  /**
   * Reads a user's record for the gate's `initialRecord` while you render the page. A returning user's form then
   * opens with the page. If there is no record yet (`record: null`), the gate registers at once, without a GET first.
   * Takes 1.5 s at most and never throws, so that it can't hold up or break the page.
   *
   * @returns `null` if nothing is known, which goes to `onError`: the gate then reads for itself
   */
  readInitialRecord(user: KycUser): Promise<InitialRecord | null>;
  /** What this handler has done and holds, for your monitoring. */
  stats(): KycStats;
}

/**
 * Creates the whole backend of the gate: one handler for one URL, from Fetch API `Request` to `Response`. It only
 * answers signed-in users, each about themselves, and never sends a secret other than the user's own session key.
 * It answers GET, POST and OPTIONS, and HEAD like a GET of the record. Frameworks that take one export per method, such
 * as Next.js, need it as `GET`, `POST` and `OPTIONS`.
 *
 * ```ts
 * export const kyc = createKycReuseHandler({
 *   coinflow: { apiKey: process.env.COINFLOW_API_KEY, env: 'sandbox' },
 *   authenticate: async (request) => (await session(request))?.user ?? null,
 *   shareTokens: personaShareTokens({
 *     apiKey: process.env.PERSONA_API_KEY,
 *     connectionId: process.env.PERSONA_CONNECTION_ID,
 *     inquiryId: (user) => db.inquiryOf(user.userId),
 *   }),
 * });
 * ```
 *
 * @throws {TypeError} an option is missing or invalid; the message names it
 */
export function createKycReuseHandler(options: KycReuseHandlerOptions): KycReuseHandler {
  const { authenticate, shareTokens, browserTokens, allowedOrigins = [] } = options;
  const { holdMs = defaultHoldMs, webhooks = false, waitUntil } = options;
  if (typeof authenticate !== 'function')
    throw new TypeError('kyc-reuse-gate: `authenticate` is missing. Pass a function that returns the signed-in user.');
  if (typeof shareTokens !== 'function')
    throw new TypeError(
      'kyc-reuse-gate: `shareTokens` is missing. Pass personaShareTokens(...), sumsubShareTokens(...) or your own function.',
    );
  if (!Number.isFinite(holdMs) || holdMs < 0)
    throw new TypeError(
      'kyc-reuse-gate: `holdMs` is not a number of milliseconds. Leave it out for 8000, or pass 0 to turn holding off.',
    );
  checkOrigins(allowedOrigins);
  const reportError = createReport(options.onError);
  const counters = createCounters();
  const sendEvent = createEmitter(options.onEvent, reportError);
  const emit: Emit = (event) => {
    counters.note(event);
    sendEvent(event);
  };
  const report = (error: KitError, trace?: Pick<RequestTrace, 'requestId' | 'user'>) => {
    reportError(error);
    emit(errorEvent(error, trace && aboutOf(trace)));
  };
  const isIsolated = isolatesRequests();
  const shared = options.store && createResilientStore(options.store, reportOutage);
  const store = shared ?? createMemoryStore();
  const budgets = counters.counted(createBudgets(store, options.limits));
  const coinflow = createCoinflow(options.coinflow, budgets, emit);
  const reads = createReads(coinflow, store, isIsolated);
  const wakeUps = createWakeUps(store, isIsolated);
  // Without a store, there are no other instances.
  const knowledge = () => shared?.knowledge() ?? 'shared';
  const registrations = createRegistrations({ coinflow, reads, store, knowledge }, wakeUps);
  const holds = createHolds({
    reads,
    budgets,
    wakeUps,
    sharedWatch: createSharedWatch(store),
    // An isolated request hears no wake-ups.
    webhooks: webhooks && !isIsolated,
    isIsolated,
    onFailure: (error, user) => report(kitErrorOf(error), { requestId: user.requestId, user }),
  });

  async function handle(request: Request): Promise<Response> {
    const response = await handleWithBody(request);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  }

  function reportOutage(error: KitError): void {
    counters.noteStoreOutage();
    report(error);
  }

  async function handleWithBody(request: Request): Promise<Response> {
    const trace: RequestTrace = { requestId: requestIdOf(request.headers) };
    const response = await trackRequest(emit, request, trace, () => answerOrFailure(request, trace));
    return withHeaders(response, { ...corsHeaders(request, allowedOrigins), 'x-request-id': trace.requestId });
  }

  async function answerOrFailure(request: Request, trace: RequestTrace): Promise<Response> {
    if (request.method === 'OPTIONS') return respondPreflight();
    try {
      return await answer(request, trace);
    } catch (error) {
      const failure = (trace.failure = kitErrorOf(error));
      // A browser that leaves is not a failure.
      if (!isExpected(failure) && !request.signal.aborted) report(failure, trace);
      return respondError(failure);
    }
  }

  async function answer(request: Request, trace: RequestTrace): Promise<Response> {
    const arrivedAt = performance.now();
    const deadline = createDeadline();
    checkRequest(request, allowedOrigins);
    wakeUps.listen();
    const user = (trace.user = await signedIn(request, deadline, trace));
    const query = new URL(request.url).searchParams;
    checkSubject(query.get('subject'), user.user);
    const waitMs = Math.min(parsePreferWait(request.headers.get('prefer')) ?? 0, holdMs);
    const holdLeftMs = () => waitMs - (performance.now() - arrivedAt);
    if (request.method === 'POST') return registered(request, trace, user, deadline, holdLeftMs);
    // A HEAD has nowhere to put a key: don't mint one.
    if (query.get('session') === '1' && request.method === 'GET')
      return respondJson(200, { sessionKey: await coinflow.sessionKey(user, { request, signal: request.signal }) });
    return recordRead(request, trace, user, deadline, holdLeftMs());
  }

  async function signedIn(request: Request, deadline: Deadline, { requestId }: RequestTrace): Promise<KnownUser> {
    const user = await callYours('authenticate', () => authenticate(request), deadline.leftMs(mintReserveMs));
    if (user == null) throw new KitError('unauthenticated');
    // Fails early: an id that can't be sent in a header is a mistake in `authenticate`.
    return knownUser(user, requestId);
  }

  async function recordRead(
    request: Request,
    trace: RequestTrace,
    user: KnownUser,
    deadline: Deadline,
    holdLeftMs: number,
  ): Promise<Response> {
    const known = request.headers.get('if-none-match');
    if (known === null || holdLeftMs <= 0 || request.method === 'HEAD')
      return respondTold(await readNow(request, user, deadline));
    const changed = await trackHold(trace, holds.untilChanged(user, request, known, holdLeftMs));
    const told = changed ?? unchanged(user, known);
    if (told) return respondTold(told, { held: true });
    return respondTold(await readNow(request, user, createDeadline()), { held: true });
  }

  const readNow = (request: Request, user: KnownUser, deadline: Deadline) =>
    reads.read(user, { request, signal: request.signal, forMs: deadline.leftMs() });

  /** What the gate knows already, if this process can tell it without a read. */
  function unchanged(user: KnownUser, known: string): Told | undefined {
    const latest = reads.latest(user);
    if (latest?.etag === known) return latest;
    return known === absent.etag ? absent : undefined;
  }

  async function registered(
    request: Request,
    trace: RequestTrace,
    user: KnownUser,
    deadline: Deadline,
    holdLeftMs: () => number,
  ): Promise<Response> {
    checkContact(user.user);
    const sent = await browserToken(request, user.user, deadline);
    const run = registrations.once(user, {
      request,
      deadline,
      sent,
      mint: (attemptId) => mint(user, attemptId, deadline),
    });
    const work = run.catch(() => {});
    try {
      waitUntil?.(work, request);
    } catch (cause) {
      report(new KitError('internal', { message: '`waitUntil` threw; see `cause` in `onError`.', cause }), trace);
    }
    const outcome = await run;
    const leftMs = holdLeftMs();
    if (outcome.kind === 'found') return respondTold(outcome.told, { confirmed: true, held: leftMs > 0 });
    const told = leftMs > 0 ? await trackHold(trace, holds.untilUsable(user, request, leftMs)) : undefined;
    if (outcome.kind === 'otherTaken' && !isUsable(told))
      throw new KitError('registrationUnderWay', { retryAfterSeconds: 5 });
    if (told) return respondTold(told, { confirmed: true, held: true });
    // Coinflow took the token. Only a read can tell whether the record is readable.
    return outcome.kind === 'taken' && outcome.record ? respondRecord(outcome.record) : respondJson(202, {});
  }

  async function browserToken(request: Request, user: KycUser, deadline: Deadline): Promise<ShareToken | undefined> {
    const sent = parseBrowserToken(
      await readBody(request, deadline.leftMs(mintReserveMs)),
      user,
      browserTokens?.acceptContact,
    );
    if (!sent) return undefined;
    if (!browserTokens) {
      throw new KitError('badRequest', {
        message:
          'The browser sent a share token, but `browserTokens` is not set. Remove `shareToken` from the gate, or set `browserTokens`.',
      });
    }
    const isTheirs = await callYours(
      'browserTokens.verify',
      () => browserTokens.verify(user, sent),
      deadline.leftMs(mintReserveMs),
    );
    if (!isTheirs) {
      throw new KitError('forbidden', { message: '`browserTokens.verify` did not accept this token for this user.' });
    }
    return sent;
  }

  function mint(user: KnownUser, attemptId: string, deadline: Deadline): Promise<ShareToken> {
    const leftMs = Math.min(deadline.leftMs(sendReserveMs), yoursMs);
    const over = new AbortController();
    const call = () => shareTokens(user.user, { attemptId, signal: over.signal, leftMs });
    return trackCall(emit, user, 'mint', async () => {
      const token = await callYours('shareTokens', call, leftMs, 'tokenUnavailable').catch((error: unknown) => {
        over.abort();
        throw error;
      });
      return parseMintedToken(token);
    });
  }

  return Object.assign(handle, {
    async readInitialRecord(user: KycUser): Promise<InitialRecord | null> {
      const trace: RequestTrace = { requestId: crypto.randomUUID() };
      try {
        const { record } = await trackInitialRecord(emit, trace, () => {
          const known = (trace.user = knownUser(user, trace.requestId));
          return reads.read(known, { forMs: initialMs });
        });
        return { subject: subjectOf(user), record };
      } catch (error) {
        report(kitErrorOf(error), trace);
        return null;
      }
    },
    stats: (): KycStats => ({
      held: holds.counts(),
      reads: reads.count(),
      wakeUps: wakeUps.count(),
      ...counters.read(),
    }),
  });
}

/** What a gate knows that has read "no record yet". */
const absent: Told = { record: null, etag: etagOf(null), readAt: -Infinity };

/** Longest wait for the initial record, in ms: the gate itself would read in about that time. */
const initialMs = 1_500;

function respondTold({ record, etag }: Told, answer: RecordAnswer = {}): Response {
  return respondRecord(record, { etag, ...answer });
}

/** Longest wait for one of the merchant's functions, in ms; less where the request's time runs out. */
const yoursMs = 15_000;

/** Part of normal operation: not worth reporting, unless an upstream said so. */
const expected: ReadonlySet<KitErrorCode> = new Set([
  'unauthenticated',
  'noShareableVerification',
  'subjectMismatch',
  // The browser left. Deno only aborts `request.signal` after the answer if the body was still on its way.
  'bodyIncomplete',
]);

function isExpected({ code, upstreamStatus }: KitError): boolean {
  return expected.has(code) && upstreamStatus === undefined;
}

function checkSubject(subject: string | null, user: KycUser): void {
  if (!subject)
    throw new KitError('badRequest', {
      message: 'The query has no `subject`. The gate sends one: check that no proxy drops the query.',
    });
  if (!isSubjectOf(subject, user)) throw new KitError('subjectMismatch');
}

/**
 * Calls one of the merchant's functions within the time limit. What it throws goes to `onError`;
 * the browser learns nothing of it.
 */
async function callYours<T>(
  name: string,
  call: () => T | Promise<T>,
  leftMs: number,
  lateCode: KitErrorCode = 'internal',
): Promise<T> {
  const forMs = Math.min(leftMs, yoursMs);
  try {
    return await inTime(
      call(),
      forMs,
      () => new KitError(lateCode, { message: `\`${name}\` did not finish within ${Math.round(forMs / 1000)} s.` }),
    );
  } catch (cause) {
    if (cause instanceof KitError) throw cause;
    throw new KitError('internal', { message: `\`${name}\` threw; see \`cause\` in \`onError\`.`, cause });
  }
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
