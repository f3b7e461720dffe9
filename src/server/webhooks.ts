import { inTime, readBytes } from '../contract/bounded';
import { KitError, type KitErrorCode, kitErrorOf, kitErrors } from './answers';
import { createEmitter } from './emitter';
import { endedNow, errorEvent, type KycEvent } from './events';
import { createReport } from './report';
import { requestIdOf } from './requestId';
import { readWhole } from './requests';
import type { KycStore } from './store';
import { topicOfHash } from './topics';
import { hashKycUser, type KycUser } from './users';
import { authenticateWebhook } from './webhookAuth';
import { type KycWebhookEvent, kycWebhookEventOf } from './webhookEvent';
import { askStore, deliverOnce } from './webhookOnce';

/** Options of {@link createKycWebhookHandler}. */
export interface KycWebhookHandlerOptions {
  /**
   * The Webhook Validation Key from Coinflow's merchant dashboard. Pass several while you rotate it: a webhook that fits
   * any of them is authentic. Accepts an environment variable that may be unset; a missing one throws at startup.
   */
  readonly validationKey: string | undefined | readonly (string | undefined)[];
  /** The `store` that you pass to `createKycReuseHandler`: the wake-ups go through it. */
  readonly store: KycStore;
  /**
   * How far the time in `Coinflow-Signature` may be from this server's clock, in seconds. Coinflow doesn't document whether
   * it signs its retries anew: if `stats().stale` grows, raise this. Copies are recognised however long it is.
   * @default 300
   */
  readonly toleranceSeconds?: number;
  /**
   * Called with every KYC event, after the user's waiting pages have been woken. Queue your own work, and return within
   * 2.5 s: later, the webhook counts as delivered all the same. If it throws before that, Coinflow is asked to send the
   * webhook again. An event may therefore come twice.
   */
  readonly onWebhook?: (event: KycWebhookEvent) => void | Promise<void>;
  /**
   * Called with every failure. What others can cause (forged, stale, malformed webhooks) is reported at most once a
   * minute for each code, and counted in `stats()`. It holds no secret; `cause` is what your own function or store threw.
   * @default logs one line with `console.error`
   */
  readonly onError?: (error: KitError) => void;
  /**
   * Called with what the receiver does, like the `onEvent` of `createKycReuseHandler`. Refused webhooks are told at once,
   * and counted for 10 s thereafter: whoever sends forged ones doesn't fill the log.
   * @default not called
   */
  readonly onEvent?: (event: KycEvent) => void;
}

/** How many webhooks ended which way, since this handler was created. */
export interface KycWebhookStats {
  /** KYC events that woke their user's waiting pages. Answered 200. */
  readonly delivered: number;
  /** Copies of webhooks that were delivered before. 200. */
  readonly duplicate: number;
  /** Authentic webhooks about something else than KYC. 200. */
  readonly ignored: number;
  /** Neither signed by the key nor sent with it. 401. */
  readonly forged: number;
  /** Authentic, but too old or from the future. 400. */
  readonly stale: number;
  /** Authentic, but nothing that Coinflow documents. 400. */
  readonly malformed: number;
  /** Longer than 64 kB. 413. */
  readonly oversized: number;
  /** The body didn't arrive within 3 s. 408. */
  readonly incomplete: number;
  /** Anything but POST. 405. */
  readonly wrongMethod: number;
  /** The store, `onWebhook` or the server's set-up failed: Coinflow sends it again. 500 or 503. */
  readonly failed: number;
}

/** The handler, plus its counters. */
export interface KycWebhookHandler {
  (request: Request): Promise<Response>;
  stats(): KycWebhookStats;
}

/** Longest time until the answer, in ms. Coinflow waits 5 s. */
const answerMs = 3_000;

/** Kept back for the store while `onWebhook` runs, in ms. */
const afterEventMs = 500;

/** How long ago Coinflow may have made a webhook, in ms: it retries for 36 h. */
const maxAgeMs = 36.5 * 3_600_000;

/** How far Coinflow's clock may be ahead, in ms. With `maxAgeMs`, as long as copies are recognised. */
const maxAheadMs = 0.5 * 3_600_000;

/** Between two reports of the same refusal, in ms: whoever sends forged webhooks doesn't fill the log. */
const reportEveryMs = 60_000;

type Outcome = keyof KycWebhookStats;

type WebhookEvent = Extract<KycEvent, { type: 'webhook' }>;

/** What becomes known of a webhook on its way. */
interface Trace {
  readonly requestId: string;
  user?: string;
  eventType?: Exclude<WebhookEvent['eventType'], undefined>;
}

/** What others can cause; everything else is `failed`. */
const refusals: { readonly [Code in KitErrorCode]?: Outcome } = {
  webhookForged: 'forged',
  webhookStale: 'stale',
  webhookMalformed: 'malformed',
  bodyIncomplete: 'incomplete',
  bodyTooLarge: 'oversized',
  methodNotAllowed: 'wrongMethod',
};

/**
 * Creates the receiver of Coinflow's webhooks, a Fetch API handler. A KYC event makes the pages that wait for that user
 * look at once, on every instance that shares the store. Webhooks may be lost: the kit goes on reading without them,
 * only less often.
 *
 * ```ts
 * const store = createMemoryStore(); // or a Redis store, where several instances run
 * export const kyc = createKycReuseHandler({ store, webhooks: true, … });
 * export const kycWebhooks = createKycWebhookHandler({ store, validationKey: process.env.COINFLOW_WEBHOOK_KEY });
 * ```
 *
 * It needs the bytes that were sent: mount it before any body parser. Answers have no body. Within 3 s it answers 200
 * (delivered, a copy, or another category), 400, 401, 405, 408, 413, or 500 and 503, upon which Coinflow tries again.
 *
 * Source: Coinflow's webhook guide (5 s for an answer, retries until a 200 or for 36 h, delivery at least once).
 *
 * @throws {TypeError} an option is missing or invalid; the message names it
 */
export function createKycWebhookHandler(options: KycWebhookHandlerOptions): KycWebhookHandler {
  const { store, toleranceSeconds = 300, onWebhook } = options;
  const keys = checkedKeys(options.validationKey);
  if (typeof store?.publish !== 'function')
    throw new TypeError('kyc-reuse-gate: `store` is missing. Pass the store that `createKycReuseHandler` uses.');
  if (!Number.isFinite(toleranceSeconds) || toleranceSeconds <= 0)
    throw new TypeError('kyc-reuse-gate: `toleranceSeconds` is not a positive number. Leave it out for 300.');
  const reportError = createReport(options.onError);
  const emit = createEmitter(options.onEvent, reportError);
  const report = (error: KitError, { requestId, user }: Trace) => {
    reportError(error);
    emit(errorEvent(error, { requestId, ...(user !== undefined && { user }) }));
  };
  const reportedAt = new Map<KitErrorCode, number>();
  const counts: Record<Outcome, number> = {
    delivered: 0,
    duplicate: 0,
    ignored: 0,
    forged: 0,
    stale: 0,
    malformed: 0,
    oversized: 0,
    incomplete: 0,
    wrongMethod: 0,
    failed: 0,
  };

  async function handle(request: Request): Promise<Response> {
    const beganAt = performance.now();
    const trace: Trace = { requestId: requestIdOf(request.headers) };
    const end = await endOf(request, beganAt + answerMs, trace);
    emit({ type: 'webhook', ...endedNow(beganAt), ...trace, ...end, count: 1 });
    return respond(end.status, trace.requestId);
  }

  async function endOf(
    request: Request,
    endsAt: number,
    trace: Trace,
  ): Promise<Pick<WebhookEvent, 'outcome' | 'status' | 'causeCode'>> {
    try {
      const outcome = await receive(request, () => Math.max(0, endsAt - performance.now()), trace);
      counts[outcome]++;
      return { outcome, status: 200 };
    } catch (error) {
      const failure = kitErrorOf(error);
      const { code, causeCode } = failure;
      const refused = refusals[code];
      counts[refused ?? 'failed']++;
      if (!refused || isDue(code)) report(failure, trace);
      return { outcome: code, status: kitErrors[code].httpStatus, ...(causeCode !== undefined && { causeCode }) };
    }
  }

  async function receive(
    request: Request,
    leftMs: () => number,
    trace: Trace,
  ): Promise<'delivered' | 'duplicate' | 'ignored'> {
    if (request.method !== 'POST') throw new KitError('methodNotAllowed', { message: 'A webhook comes by POST.' });
    const body = await readWhole(request, readBytes, leftMs(), bodyMessages);
    const nowMs = Date.now();
    const auth = await authenticateWebhook(request.headers, body, {
      keys,
      toleranceMs: toleranceSeconds * 1000,
      nowMs,
    });
    if (auth === 'forged') throw new KitError('webhookForged');
    if (auth === 'stale') throw new KitError('webhookStale');
    const event = kycWebhookEventOf(body);
    if (event === 'malformed') throw new KitError('webhookMalformed');
    if (event === 'otherCategory') return 'ignored';
    const user = hashUnlessForeign(event.user);
    Object.assign(trace, { eventType: knownEventType(event), ...(user !== undefined && { user }) });
    checkAge(event, nowMs);
    return deliverOnce(store, body, leftMs, () => deliver(event, leftMs, trace));
  }

  async function deliver(event: KycWebhookEvent, leftMs: () => number, trace: Trace): Promise<void> {
    const { user } = trace;
    if (user !== undefined) await askStore(() => store.publish(topicOfHash(user)), leftMs());
    if (!onWebhook) return;
    let isOver = false;
    const failed = (cause: unknown) =>
      new KitError('internal', { message: '`onWebhook` threw; see `cause` in `onError`.', cause });
    const called = (async () => onWebhook(event))().catch((cause: unknown) => {
      if (isOver) report(failed(cause), trace);
      throw failed(cause);
    });
    const late = Symbol('late');
    const ended = inTime(called, Math.max(0, leftMs() - afterEventMs), () => late);
    await ended.catch((error: unknown) => {
      isOver = true;
      if (error !== late) throw error;
      report(
        new KitError('internal', { message: '`onWebhook` took too long. Queue your own work, and return at once.' }),
        trace,
      );
    });
  }

  function isDue(code: KitErrorCode): boolean {
    const now = performance.now();
    if (now < (reportedAt.get(code) ?? -Infinity) + reportEveryMs) return false;
    reportedAt.set(code, now);
    return true;
  }

  return Object.assign(handle, { stats: () => ({ ...counts }) });
}

/** @throws {TypeError} without a key, everything or nothing would be authentic */
function checkedKeys(validationKey: KycWebhookHandlerOptions['validationKey']): string[] {
  const keys = [validationKey].flat();
  if (keys.length === 0 || keys.some((key) => typeof key !== 'string' || key === ''))
    throw new TypeError(
      'kyc-reuse-gate: `validationKey` is missing or empty. Pass the Webhook Validation Key from Coinflow’s dashboard.',
    );
  if (keys.some((key) => key !== key?.trim()))
    throw new TypeError('kyc-reuse-gate: `validationKey` begins or ends with a space or a line break. Remove it.');
  return keys as string[];
}

/** Said in place of what the table says of a gate's request. */
const bodyMessages = {
  bodyIncomplete: 'The body of a webhook did not arrive within 3 s.',
  bodyConsumed:
    'Something read the webhook’s body before the handler did, probably a body parser like `express.json()`. Mount the handler before the parser: the signature covers the bytes as they were sent.',
} as const;

/** Copies are forgotten in the end: refuse the webhook itself by then. @throws {KitError} `webhookStale` */
function checkAge({ created }: KycWebhookEvent, nowMs: number): void {
  const createdMs = Date.parse(created);
  if (createdMs >= nowMs - maxAgeMs && createdMs <= nowMs + maxAheadMs) return;
  throw new KitError('webhookStale', {
    message: 'An authentic webhook was refused because Coinflow made it over 36.5 h ago, or in the future.',
  });
}

/** The user's hash; `undefined` for a user whom this kit's handlers can't serve, so nobody waits. */
function hashUnlessForeign(user: KycUser): string | undefined {
  try {
    return hashKycUser(user);
  } catch {
    return undefined;
  }
}

/** Coinflow's text, where it is one of those that Coinflow documents. Any other may say anything. */
function knownEventType({ eventType }: KycWebhookEvent): Trace['eventType'] {
  return eventType === 'KYC Created' || eventType === 'KYC Success' || eventType === 'KYC Failure'
    ? eventType
    : 'other';
}

function respond(status: number, requestId: string): Response {
  return new Response(null, {
    status,
    headers: {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(status === kitErrors.methodNotAllowed.httpStatus && { allow: 'POST' }),
    },
  });
}
