import type { QueryClient } from '@tanstack/react-query';
import { type Explanation, explain } from '../contract/explain';
import type { FailureCode, GateFailure } from '../contract/failures';
import type { InitialRecord, WithdrawerRecord } from '../contract/record';
import type { BrowserToken } from '../contract/vendors';
import type { PollingOptions } from '../gate/pollingOptions';

/** A share token held by the browser, or a function that fetches one. */
export type TokenSource = BrowserToken | (() => BrowserToken | Promise<BrowserToken>);

/** How the browser sends requests to the endpoint. */
export interface RequestOptions {
  /**
   * Extra headers, or a function that returns them, for example with the bearer token of your
   * session. Called for every request.
   */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** As in `fetch`. A cross-origin endpoint with cookies needs `'include'`. @default 'same-origin' */
  readonly credentials?: RequestCredentials;
  /** Used instead of the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /**
   * Sends `Prefer: wait` (RFC 7240) with the registration, and with reads while the gate waits, so that the backend can
   * hold its answer until the record is there, or has changed from the `ETag` in `If-None-Match`. Cross-origin, the
   * backend must list both headers in its preflight answer and expose `ETag`; the kit does so for `allowedOrigins`.
   * @default `true` if the endpoint is on the page's own origin, else `false`
   */
  readonly preferWait?: boolean;
}

/** Options shared by `KycReuseGate` and `useKycReuseGate`. */
export interface GateOptions {
  /**
   * URL of your backend's KYC handler, absolute or relative to the page: one created with `createKycReuseHandler`, or
   * any other that follows the same contract. An empty one is `misconfigured`.
   */
  readonly endpoint: string;
  /**
   * Your stable id of the signed-in user: the one that your backend's `authenticate` returns, or the wallet's address
   * if you register users by wallet. It goes with every request, and the kit answers 409 if someone else is signed in.
   * A change closes the form in the same commit. Pass `null` or `undefined` while your session loads or a wallet
   * connects: the gate waits and asks nothing. An empty one is `misconfigured`.
   */
  readonly subject: string | null | undefined;
  /**
   * What opens the form. `exists`: any record that isn't rejected, expired or blocked; Coinflow's own UI asks for what
   * is missing. `verified`: only a record that is approved or attested.
   * @default 'exists'
   */
  readonly openWhen?: 'exists' | 'verified';
  /**
   * Asks users who have no record yet before anything is shared. Pass `onCancel` as well, so that they can decline.
   * @default false
   */
  readonly requireConsent?: boolean;
  /**
   * What to offer when reuse has failed for good. `coinflow-kyc`: Coinflow's own
   * verification, in its form. `stop`: nothing.
   * @default 'stop'
   */
  readonly whenReuseFails?: 'stop' | 'coinflow-kyc';
  /**
   * A share token held by the browser, or a function that fetches one when it is needed. Requires `browserTokens` on
   * the kit. Leave it out to let the backend mint the token, which is safer.
   * @default the backend mints the token
   */
  readonly shareToken?: TokenSource;
  /**
   * What your server read with `readInitialRecord` while rendering the page. A record opens the form at once if its
   * `subject` matches. With `record: null` ("no record yet") the first gate on a freshly loaded page registers at once,
   * without a GET first; any other gate looks for itself.
   */
  readonly initialRecord?: InitialRecord | null;
  /** Headers, credentials, `fetch` and `preferWait` for all requests. */
  readonly request?: RequestOptions;
  /** Polling intervals and deadline. */
  readonly polling?: PollingOptions;
  /**
   * Hosts that verification links may lead to, subdomains included.
   * @default ['coinflow.cash', 'withpersona.com', 'sumsub.com']
   */
  readonly linkHosts?: readonly string[];
  /**
   * Also fetches the user's Coinflow session key, for `children` or the hook. With
   * `withdraw` the gate does that by itself.
   * @default false
   */
  readonly sessionKey?: boolean;
  /**
   * Runs the reads in your own QueryClient, for example to see them in the devtools. The cache only shows them: the
   * gate takes nothing from it, and ignores its defaults. Your persister would store the trimmed record, verification
   * links and rejection reasons included. Your query cache's `onError` hears of every failed read, including those the
   * gate doesn't show. Passing another client closes the form and starts over.
   * @default a private client
   */
  readonly queryClient?: QueryClient;
}

/** Finds wrong options before anything is asked: what JavaScript callers get wrong, and empty strings. */
export function checkSetup({ endpoint, subject, request }: GateOptions): GateFailure | undefined {
  if (!isText(endpoint)) return setupFailure('endpointEmpty');
  if (subject != null && !isText(subject)) return setupFailure('subjectEmpty');
  if (!/^https?:$/.test(urlOf(endpoint)?.protocol ?? '')) return setupFailure('endpointNotWeb', endpoint);
  const fetch: unknown = request?.fetch;
  return fetch !== undefined && typeof fetch !== 'function' ? setupFailure('fetchNotFunction') : undefined;
}

/** Creates a failure for wrong props, and warns the developer once. */
export function setupFailure(key: Explanation, detail?: string, code: FailureCode = 'misconfigured'): GateFailure {
  warnOnce(key, detail);
  return { code, message: explain(key, detail) };
}

/**
 * Resolves the endpoint as the browser's `fetch` would, `<base href>` included; `undefined` if it isn't a URL. Browsers
 * before 2023 lack `URL.canParse`.
 */
export function urlOf(endpoint: string): URL | undefined {
  // A server doesn't know the page's address: any base will do to tell a URL from nonsense.
  const base = typeof document === 'undefined' ? 'https://page.invalid' : document.baseURI;
  try {
    return new URL(endpoint, base);
  } catch {
    return undefined;
  }
}

/**
 * What the server read for this subject: a record, `null` for "no record yet", or
 * `undefined` if there is nothing usable.
 */
export function initialRecordOf({ initialRecord, subject }: GateOptions): WithdrawerRecord | null | undefined {
  if (!initialRecord || initialRecord.subject !== subject) return undefined;
  const { record } = initialRecord;
  // Coinflow's raw `withdrawer`, passed by mistake, would always read as pending.
  if (record === null || (record?.status && typeof record.attested === 'boolean' && Array.isArray(record.links))) {
    return record;
  }
  warnOnce('initialRecordOdd');
  return undefined;
}

const warned = new Set<string>();

/** Logs a development warning, once per page. Production builds log nothing. */
export function warnOnce(key: Explanation, detail?: string): void {
  if (process.env.NODE_ENV === 'production') return;
  const text = explain(key, detail);
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(`kyc-reuse-gate: ${text}`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !!value.trim();
}
