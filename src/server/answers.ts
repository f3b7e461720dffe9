import type { FailureCode, failures } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/record';
import { formatRecord } from '../contract/wireAnswer';
import { causeCodeOf } from './causeCodes';

interface KitErrorRow {
  readonly httpStatus: number;
  /** The share token certainly didn't reach Coinflow, or wasn't used, so the browser may send it again. */
  readonly notSent: boolean;
  /** For developers, in the answer and in the log. The gate shows its own texts. */
  readonly message: string;
}

/**
 * The one table of the kit's error answers. Codes that the browser knows have the same
 * name and status as in `failures`.
 *
 * The status decides what the gate does: 401 and 403 stop it, 400 means that the token was refused, 429 and 5xx are
 * retried, and any other 4xx means a wrong setup. So the kit never passes on an upstream's 401 or 404. It never uses
 * 502 or 504, because edge networks replace their bodies with pages of their own.
 */
export const kitErrors = {
  unauthenticated: {
    httpStatus: 401,
    notSent: true,
    message: '`authenticate` found no signed-in user in this request.',
  },
  forbidden: { httpStatus: 403, notSent: true, message: 'This user is not allowed to do this.' },
  crossSite: {
    httpStatus: 403,
    notSent: true,
    message: 'A request from another site was refused. If the site is yours, add its origin to `allowedOrigins`.',
  },
  subjectMismatch: {
    httpStatus: 409,
    notSent: true,
    message: 'The gate’s `subject` is not the signed-in user. Pass the id that `authenticate` returns.',
  },
  tokenRefused: {
    httpStatus: 400,
    notSent: false,
    message: 'Coinflow refused the share token: the applicant is not approved, or the token is used up or expired.',
  },
  noShareableVerification: {
    httpStatus: 409,
    notSent: true,
    message: 'The user has no completed inquiry or applicant to share.',
  },
  tokenUnavailable: { httpStatus: 503, notSent: true, message: 'Persona or Sumsub gave no share token.' },
  rateLimited: {
    httpStatus: 429,
    notSent: true,
    message: 'Coinflow’s rate limit was reached. Wait for the time in `Retry-After`.',
  },
  badRequest: {
    httpStatus: 422,
    notSent: true,
    message: 'The request is not one that the gate sends. Call this endpoint through the gate.',
  },
  methodNotAllowed: {
    httpStatus: 405,
    notSent: true,
    message: 'This endpoint only accepts GET, HEAD, POST and OPTIONS.',
  },
  bodyConsumed: {
    httpStatus: 500,
    notSent: true,
    message:
      'The request has a body, but something read it before the handler did, probably a body parser like `express.json()`. Mount the handler before the parser, or wrap it in `createNodeListener`, which takes the parsed body. If `authenticate` needs the body, let it read `request.clone()`.',
  },
  bodyIncomplete: { httpStatus: 408, notSent: true, message: 'The request body broke off, or did not arrive in time.' },
  bodyTooLarge: { httpStatus: 413, notSent: true, message: 'The request body is longer than 64 kB.' },
  unsupportedMediaType: {
    httpStatus: 415,
    notSent: true,
    message: 'The content type of a POST must be application/json.',
  },
  upstreamAuth: {
    httpStatus: 500,
    notSent: true,
    message: 'Coinflow refused the API key. Check `coinflow.apiKey` and `coinflow.env`.',
  },
  upstreamMalformed: {
    httpStatus: 500,
    notSent: false,
    message: 'Coinflow’s answer is not a withdrawer. If you set `coinflow.baseUrl`, check that it ends in /api.',
  },
  registrationUnderWay: {
    httpStatus: 503,
    notSent: true,
    message:
      'Another registration of this user may be under way, so this one was not sent. Try again after the time in `Retry-After`.',
  },
  storeUnavailable: {
    httpStatus: 503,
    notSent: true,
    message:
      'The `store` failed or took longer than 500 ms. Nobody is registered for up to 16 s; then this process goes by what Coinflow tells and what it did itself, until the store is back.',
  },
  upstreamUnreachable: { httpStatus: 503, notSent: false, message: 'Coinflow could not be reached.' },
  upstreamTimeout: { httpStatus: 503, notSent: false, message: 'Coinflow did not answer within `coinflow.timeoutMs`.' },
  upstreamFailed: { httpStatus: 503, notSent: false, message: 'Coinflow answered with an error.' },
  webhookForged: {
    httpStatus: 401,
    notSent: true,
    message:
      'A webhook was neither signed by your Webhook Validation Key nor sent with it. If Coinflow sent it, check `validationKey`, and that no body parser runs before the handler.',
  },
  webhookStale: {
    httpStatus: 400,
    notSent: true,
    message:
      'An authentic webhook was refused because it was signed too long ago, or in the future. Check this server’s clock. If only Coinflow’s retries arrive like this, raise `toleranceSeconds`.',
  },
  webhookMalformed: {
    httpStatus: 400,
    notSent: true,
    message:
      'An authentic webhook is not one that Coinflow documents: JSON with `category`, and for KYC also `eventType`, `created`, `data.wallet` and `data.blockchain`.',
  },
  internal: { httpStatus: 500, notSent: true, message: 'The handler failed before it sent anything to Coinflow.' },
} as const satisfies Record<string, KitErrorRow> & {
  readonly [Code in FailureCode]?: KitErrorRow & { readonly httpStatus: (typeof failures)[Code]['httpStatus'] };
};

/** Code of a kit error, one per row of {@link kitErrors}. */
export type KitErrorCode = keyof typeof kitErrors;

/** Details of a {@link KitError}. */
export interface KitErrorDetails {
  /** Used instead of the table's message. Must hold no secret and no upstream text. */
  readonly message?: string;
  /** The upstream's `Retry-After`, passed on to the browser. */
  readonly retryAfterSeconds?: number | undefined;
  /** HTTP status of the upstream. */
  readonly upstreamStatus?: number;
  /** Whether something may have reached Coinflow, where that is known. @default the table's */
  readonly notSent?: boolean;
  /** What a merchant's function threw. Goes to `onError`, never to the browser. */
  readonly cause?: unknown;
  /** Code of a failed connection, from `causeCodeOf`. @default that of `cause` */
  readonly causeCode?: string | undefined;
}

/**
 * A coded failure of the server kit. Never holds an upstream's body, a key, a share token, a session key or an e-mail
 * address. `cause` is set only if one of your functions threw, and holds what it threw.
 */
export class KitError extends Error {
  readonly code: KitErrorCode;
  readonly retryAfterSeconds?: number;
  readonly upstreamStatus?: number;
  /** The share token certainly didn't reach Coinflow, or wasn't used. */
  readonly notSent: boolean;
  /** Code of the connection that failed, such as `ECONNREFUSED`. */
  readonly causeCode?: string;

  constructor(code: KitErrorCode, details: KitErrorDetails = {}) {
    const { message, retryAfterSeconds, upstreamStatus, notSent = kitErrors[code].notSent, cause } = details;
    const { causeCode = causeCodeOf(cause) } = details;
    super(message ?? kitErrors[code].message, cause === undefined ? undefined : { cause });
    this.name = 'KitError';
    this.code = code;
    this.notSent = notSent;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
    if (upstreamStatus !== undefined) this.upstreamStatus = upstreamStatus;
    if (causeCode !== undefined) this.causeCode = causeCode;
  }
}

/** What was thrown, as a coded failure. */
export function kitErrorOf(thrown: unknown): KitError {
  return thrown instanceof KitError ? thrown : new KitError('internal', { cause: thrown });
}

/** Headers of every answer. It concerns one signed-in user, so nobody may cache it or guess its type. */
const always = {
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  'x-content-type-options': 'nosniff',
  vary: 'Origin, Cookie, Authorization',
} as const;

/** The methods that the endpoint answers, for `Allow`. */
export const allowedMethods = 'GET, HEAD, POST, OPTIONS';

/** Answers with JSON and the headers that every answer has. */
export function respondJson(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...always, ...headers } });
}

/** What an answer about a record says beside it. */
export interface RecordAnswer {
  /** From `etagOf`, for the gate's `If-None-Match`. Missing if the record isn't what Get Withdrawer tells. */
  readonly etag?: string;
  /** Marks the answer to a POST as read from Get Withdrawer. @default false */
  readonly confirmed?: boolean;
  /** The request was held, as its `Prefer: wait` asked. @default false */
  readonly held?: boolean;
}

/** Answers with the trimmed record, in Coinflow's shape and with Coinflow's status; `null` means no record yet. */
export function respondRecord(record: WithdrawerRecord | null, answer: RecordAnswer = {}): Response {
  const { etag, confirmed = false, held = false } = answer;
  const { httpStatus, body } = formatRecord(record, confirmed);
  return respondJson(httpStatus, body, {
    ...(etag !== undefined && { etag }),
    ...(held && { 'preference-applied': 'wait' }),
  });
}

/** Answers with a coded error, from the table. */
export function respondError({ code, message, retryAfterSeconds, notSent }: KitError): Response {
  const { httpStatus } = kitErrors[code];
  return respondJson(
    httpStatus,
    { error: { code, message, ...(notSent && { notSent }) } },
    {
      ...(code === 'methodNotAllowed' && { allow: allowedMethods }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  );
}
