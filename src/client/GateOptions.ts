import type { QueryClient } from '@tanstack/react-query';
import type { InitialRecord } from '../contract/WithdrawerRecord';
import type { PollingOptions } from '../gate/timing';
import type { TokenSource } from './registerOnce';
import type { RequestOptions } from './RequestOptions';

/** What the gate is told, with or without a form. */
export interface GateOptions {
  /**
   * URL of your backend's KYC reuse handler, absolute or relative to the page: the one made with `createKycReuseHandler`, or any that speaks the same contract.
   * Empty: the state is `failed`, `misconfigured`.
   */
  readonly endpoint: string;
  /**
   * Your stable id of the signed-in user, the same that your backend's `authenticate` gives. Sent with every request; the kit answers 409 where it is not the user
   * who is signed in. A change closes the form in the same commit. Empty: `misconfigured`; for a user registered by wallet, render the gate once the address is known.
   */
  readonly subject: string;
  /**
   * What is enough to open the form. `exists`: a record that is not rejected, expired or blocked; Coinflow's own UI prompts for what is missing.
   * `verified`: only a record that is approved or attested.
   * @default 'exists'
   */
  readonly openWhen?: 'exists' | 'verified';
  /** `consent`: a user without a record is asked before anything is shared. Give `onCancel` with it, so that the user can refuse. @default 'auto' */
  readonly start?: 'auto' | 'consent';
  /** `coinflow-kyc`: where reuse has failed for good, the user may choose Coinflow's own verification. @default 'none' */
  readonly fallback?: 'none' | 'coinflow-kyc';
  /**
   * A token the browser holds, or a function that fetches one when it is needed. Leave it out where the backend mints the token, which is the default and the safer way.
   * Needs the kit's `browserTokens`.
   */
  readonly shareToken?: TokenSource;
  /** A record your server read while rendering the page, with `readInitialRecord`: opens at once when its `subject` is this one. */
  readonly initialRecord?: InitialRecord | null;
  /** Headers, credentials and an own `fetch`. */
  readonly request?: RequestOptions;
  /** Intervals and deadline. */
  readonly polling?: PollingOptions;
  /** Hosts, with their subdomains, that a verification link may lead to. @default ['coinflow.cash', 'withpersona.com', 'sumsub.com'] */
  readonly linkHosts?: readonly string[];
  /** Fetch a Coinflow session key of this user beside the reads, for `children` or the hook; `withdraw` does so by itself. @default false */
  readonly sessionKey?: boolean;
  /**
   * Keeps the reads in your own QueryClient, for example to see them in the devtools. Its default options do not reach the gate; a persister of yours would store the
   * trimmed record, verification links and rejection reasons included. Handlers of its query cache (`onError`) hear of every failed read, also of those the gate does not show.
   * Another client ends the session: the form closes, and the gate begins anew.
   * @default a private client
   */
  readonly queryClient?: QueryClient;
}
