import type { GateOptions } from '../client/options';
import type { GateState } from '../gate/GateState';
import { type GateEvents, useGateSession } from './useGateSession';

/** Options of {@link useKycReuseGate}. */
export interface UseKycReuseGateOptions extends GateOptions, GateEvents {}

/**
 * Result of {@link useKycReuseGate}: the state, and the actions for a screen's buttons. The
 * functions are stable per subject.
 */
export interface KycReuseGateResult {
  /** What to show now. Mount a payout UI only in `ready`, and in `fallback`, which the user chose. */
  readonly state: GateState;
  /**
   * With `sessionKey: true`: the user's Coinflow session key, once the gate is open and the key has been
   * fetched. Keep it in memory only.
   */
  readonly sessionKey: string | undefined;
  /** Tries again after a failure: reads first, then registers if that helps. Offer it if `state.canRetry`. */
  readonly retry: () => void;
  /** Reads again and restarts the wait. Offer it once `delayed` is `exhausted`. */
  readonly recheck: () => void;
  /** Gives consent to sharing, in `consent`. */
  readonly consent: () => void;
  /** Chooses Coinflow's own verification. Offer it if `state.canFallback`. */
  readonly chooseFallback: () => void;
}

/**
 * The gate without screens: reads, registers once, watches, and returns what to show.
 *
 * ```tsx
 * const { state, retry } = useKycReuseGate({ endpoint: '/api/kyc', subject: user.id });
 * if (state.status === 'ready') return <MyPayoutPage />;
 * if (state.status === 'failed') return <button onClick={retry}>Try again</button>;
 * return <p>One moment …</p>;
 * ```
 */
export function useKycReuseGate(options: UseKycReuseGateOptions): KycReuseGateResult {
  const { session, state, sessionKey } = useGateSession(options, [], undefined);
  const { retry, recheck, consent, chooseFallback } = session;
  return { state, sessionKey, retry, recheck, consent, chooseFallback };
}
