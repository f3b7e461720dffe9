import type { Vendor } from '../contract/vendors';
import type { KitError, KitErrorCode } from './answers';
import type { Operation } from './budgets';

/**
 * What the kit tells `onEvent`: one line of your log, or one event of a trace. Flat JSON of texts, numbers and booleans,
 * without keys that have no value.
 *
 * It holds no token, key, e-mail address, wallet, inquiry or applicant id, no text of Coinflow's or a vendor's, and the
 * user only as a hash (`hashKycUser`). `requestId` ties the events of one request together.
 *
 * Each `request` and each `registration` is an event of its own, and so is each call that Coinflow or a vendor
 * answered. What repeats while something is broken is counted instead: a failed `upstream` call, an `error` or a
 * refused `webhook` is told at once, and those like it in the 10 s after it come as one event with their `count`, and
 * the request, user and duration of the last.
 *
 * With pino:
 *
 * ```ts
 * onEvent: (event) => logger[event.type === 'error' ? 'error' : 'info'](event, `kyc ${event.type}`),
 * ```
 *
 * With OpenTelemetry, as events of the active span (`trace` of `@opentelemetry/api`):
 *
 * ```ts
 * onEvent: ({ type, ...attributes }) => {
 *   trace.getActiveSpan()?.addEvent(`kyc.${type}`, attributes);
 * },
 * ```
 */
export type KycEvent = RequestEvent | UpstreamEvent | RegistrationEvent | WebhookEvent | ErrorEvent;

/** What every event says. */
interface AnyEvent {
  /** When it ended, ISO 8601 in UTC. */
  readonly at: string;
  /**
   * The request's id, which its answer carries as `X-Request-Id`: from the request's own `X-Request-Id`, else the trace
   * id of its `traceparent`, else random. Whoever sends the request can choose it. Not sent to Coinflow, which documents
   * no header for it. What serves several requests has the id of the one that began it.
   */
  readonly requestId: string;
  /** Hash of the user: `hashKycUser`. Missing where nobody is known to be signed in. */
  readonly user?: string;
  /** From the beginning to the end, in whole ms. */
  readonly durationMs: number;
}

/** What is known of a failure beside its code. */
interface FailureFacts {
  /** HTTP status of Coinflow's answer, or the vendor's. */
  readonly upstreamStatus?: number;
  /** Code of a failed connection, such as `ECONNREFUSED`. Other codes are left out: they may say anything. */
  readonly causeCode?: string;
  /** How long Coinflow, the vendor or the kit's own budget asked to wait. */
  readonly retryAfterSeconds?: number;
}

/** A request was answered, or a record was read for a server render (`initialRecord`). */
interface RequestEvent extends AnyEvent, FailureFacts {
  readonly type: 'request';
  readonly operation: 'read' | 'register' | 'sessionKey' | 'initialRecord' | 'preflight' | 'other';
  /** `ok`, or the code that the browser was told. `abandoned`: the browser left before the answer. */
  readonly outcome: 'ok' | 'abandoned' | KitErrorCode;
  /** HTTP status of the answer. Missing for `initialRecord`. */
  readonly status?: number;
  /** The part of `durationMs` in which it was held, because `Prefer: wait` asked for it. */
  readonly heldMs?: number;
}

/** Coinflow was asked, or your `shareTokens` (`mint`: the vendor, and your own look-up before it). */
interface UpstreamEvent extends AnyEvent, FailureFacts {
  readonly type: 'upstream';
  /** `reread`: for held requests. */
  readonly operation: UpstreamOperation;
  /**
   * `ok`, or the code of the failure. `absent`: the answer holds no record yet, which Coinflow says with 401 or 404.
   * `abandoned`: nobody waited for the answer any longer.
   */
  readonly outcome: 'ok' | 'absent' | 'abandoned' | KitErrorCode;
  /** How many calls this event stands for. */
  readonly count: number;
}

/** What is asked upstream. */
export type UpstreamOperation = Operation | 'mint';

/**
 * The audit record of one registration: whose verification was shared with Coinflow, by which vendor, when, and how that
 * ended. One for each attempt that began to mint, or to send a browser's token; never counted together. If the process
 * dies during an attempt, there is none: the vendor knows of it by `attemptId`.
 *
 * Consent is asked in the browser, so the kit can't know of it. To record it, use `requireConsent` and send it to a
 * handler of your own when the gate's `onStateChange` goes from `consent` to `registering`.
 */
interface RegistrationEvent extends AnyEvent, FailureFacts {
  readonly type: 'registration';
  /** Random, one per attempt: what `shareTokens` was given, and Persona's `Idempotency-Key`. */
  readonly attemptId: string;
  /** The vendor of the token. Missing if there was none. */
  readonly vendor?: Vendor;
  /** Whether the token was sent to Coinflow. Then it may be used up, unless the outcome is `rateLimited` or `upstreamAuth`. */
  readonly sent: boolean;
  /**
   * `taken`: Coinflow took the token. `abandoned`: not sent, because another instance may have taken over or the store had
   * just failed.
   */
  readonly outcome: 'taken' | 'abandoned' | KitErrorCode;
}

/** A request to `createKycWebhookHandler` was answered. */
interface WebhookEvent extends AnyEvent, Pick<FailureFacts, 'causeCode'> {
  readonly type: 'webhook';
  /** As in the handler's `stats()`; a code if it was refused or failed. */
  readonly outcome: 'delivered' | 'duplicate' | 'ignored' | KitErrorCode;
  /** HTTP status of the answer. */
  readonly status: number;
  /** What Coinflow tells, if it is an authentic webhook about KYC. */
  readonly eventType?: 'KYC Created' | 'KYC Success' | 'KYC Failure' | 'other';
  /** How many webhooks this event stands for. */
  readonly count: number;
}

/** What `onError` was told. Alert on this one. */
interface ErrorEvent extends Omit<AnyEvent, 'requestId' | 'durationMs'>, FailureFacts {
  readonly type: 'error';
  readonly code: KitErrorCode;
  /** Cause and fix, in the kit's own words; yours, if a function of yours threw a `KitError`. */
  readonly message: string;
  /** Missing for what belongs to no request, such as an outage of the store. */
  readonly requestId?: string;
  /** How many errors this event stands for. */
  readonly count: number;
}

/** Takes an event. Never throws, and never waits. */
export type Emit = (event: KycEvent) => void;

/** Ends that are nobody's failure, or about one user's verification: nothing is broken. */
const sound: ReadonlySet<string> = new Set([
  'ok',
  'absent',
  'abandoned',
  'taken',
  'delivered',
  'duplicate',
  'ignored',
  'tokenRefused',
  'noShareableVerification',
]);

/** Whether something is broken, so that it may repeat for everybody. */
export function isFailure(outcome: string): boolean {
  return !sound.has(outcome);
}

/** What an event says of the end of something. @param beganAt by `performance.now()` */
export function endedNow(beganAt: number): Pick<AnyEvent, 'at' | 'durationMs'> {
  return { at: new Date().toISOString(), durationMs: Math.round(performance.now() - beganAt) };
}

/** What an event says of a failure beside its code. */
export function factsOf({ upstreamStatus, causeCode, retryAfterSeconds }: KitError): FailureFacts {
  return {
    ...(upstreamStatus !== undefined && { upstreamStatus }),
    ...(causeCode !== undefined && { causeCode }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

/** The event of a reported failure. @param about whose request it was, if it was one */
export function errorEvent(error: KitError, about: Pick<ErrorEvent, 'requestId' | 'user'> = {}): ErrorEvent {
  const { code, message } = error;
  return { type: 'error', at: new Date().toISOString(), ...about, code, message, ...factsOf(error), count: 1 };
}
