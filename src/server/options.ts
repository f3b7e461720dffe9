import type { ShareToken } from '../contract/vendors';
import type { KitError } from './answers';
import type { CoinflowLimits } from './budgets';
import type { CoinflowOptions } from './coinflow';
import type { KycEvent } from './events';
import type { KycStore } from './store';
import type { KycUser } from './users';
import type { ShareTokens } from './vendors/shareTokens';

/** Options of `createKycReuseHandler`. */
export interface KycReuseHandlerOptions {
  readonly coinflow: CoinflowOptions;
  /**
   * Returns the signed-in user from your own session, or `null` if nobody is signed in. Everything the kit tells
   * Coinflow about the user comes from here, not from the browser. Has 15 s.
   */
  readonly authenticate: (request: Request) => KycUser | null | undefined | Promise<KycUser | null | undefined>;
  /**
   * Mints a new share token on each call: `personaShareTokens(...)`, `sumsubShareTokens(...)`
   * or your own function. Has 15 s.
   */
  readonly shareTokens: ShareTokens;
  /**
   * Lets the browser send a share token it holds. Off by default, because a stolen token could be registered for the
   * thief. `verify` must check against your own records that the token belongs to the user, and has 15 s. A token that
   * may be used up is never sent to Coinflow again: the kit answers it with `tokenRefused` for an hour.
   * @default the browser's tokens are refused
   */
  readonly browserTokens?: {
    readonly verify: (user: KycUser, token: ShareToken) => boolean | Promise<boolean>;
    /**
     * Also takes the e-mail address and the country from the browser, where `authenticate` returns none. The user can
     * then tell Coinflow any: check them in `verify`.
     * @default false: what `authenticate` leaves out is an error that names the field
     */
    readonly acceptContact?: boolean;
  };
  /**
   * Other origins whose pages may use this endpoint, exactly as browsers send them (`https://shop.example`).
   * @default none
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * How long a request with `Prefer: wait` may be held, in ms since it arrived: a POST until Coinflow's record is
   * readable, a GET until the record has changed. The form then opens without polling. Stay below the time limit of
   * your platform and proxies, often 10 s. 0 turns holding off.
   * @default 8000
   */
  readonly holdMs?: number;
  /**
   * What several instances know together, such as `kyc-reuse-gate/redis`. If it fails, `onError` is told once, nobody is
   * registered for up to 16 s, so that nobody is registered twice, and then each instance goes on with what Coinflow tells
   * and what it knows itself.
   * @default createMemoryStore()
   */
  readonly store?: KycStore;
  /**
   * Coinflow's webhooks reach `createKycWebhookHandler` over the same store. Held requests then read when a webhook
   * wakes them and hardly besides, and a lost webhook is noticed after 7 s.
   * @default false
   */
  readonly webhooks?: boolean;
  /** Coinflow's limits, as far as you know them. @default learned from Coinflow's 429 answers */
  readonly limits?: CoinflowLimits;
  /**
   * Keeps the runtime alive until a registration is over, where work ends with its request: `after` of Next.js,
   * `waitUntil` of `cloudflare:workers` or Vercel. The promise never rejects.
   * @default not called
   */
  readonly waitUntil?: (work: Promise<unknown>, request: Request) => void;
  /**
   * Called with every failure that isn't part of normal operation. It holds no secret; `cause`
   * is what your own function threw.
   * @default logs one line with `console.error`
   */
  readonly onError?: (error: KitError) => void;
  /**
   * Called with what the kit does, as typed, redacted events for your log, traces and audit trail: each request, call to
   * Coinflow, registration and failure. It is called while a request waits, so return at once. If it throws or rejects,
   * no request notices, and `onError` is told the first time.
   * @default not called
   */
  readonly onEvent?: (event: KycEvent) => void;
}
