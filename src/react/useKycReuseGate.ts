import { bareEngine } from '../client/bareEngine';
import type { GateOptions } from '../client/GateOptions';
import type { GateState } from '../gate/GateState';
import { type GateEvents, useGateSession } from './useGateSession';

/** Options of {@link useKycReuseGate}. */
export interface UseKycReuseGateOptions extends GateOptions, GateEvents {}

/** What {@link useKycReuseGate} gives: the state, and what a screen's buttons do. The functions keep their identity per subject. */
export interface KycReuseGateResult {
  /** What to show now. Mount a payout UI in `ready` (and in `fallback`, which the user chose), and nowhere else. */
  readonly state: GateState;
  /** With `sessionKey: true`: the user's Coinflow session key, once it is there. Keep it in memory only. */
  readonly sessionKey: string | undefined;
  /** Asks again after a failure: a GET first, then, where that helps, a registration. */
  readonly retry: () => void;
  /** Reads again, and waits anew. */
  readonly recheck: () => void;
  /** Agrees to sharing, in `consent`. */
  readonly consent: () => void;
  /** Chooses Coinflow's own verification, where `state.canFallback`. */
  readonly chooseFallback: () => void;
}

/**
 * The gate without screens: reads, registers once, watches, and tells what to show.
 *
 * ```tsx
 * const { state, retry } = useKycReuseGate({ endpoint: '/api/kyc', subject: user.id });
 * if (state.status === 'ready') return <MyPayoutPage />;
 * if (state.status === 'failed') return <button onClick={retry}>Try again</button>;
 * return <p>One moment …</p>;
 * ```
 */
export function useKycReuseGate(options: UseKycReuseGateOptions): KycReuseGateResult {
  const { session, state, sessionKey } = useGateSession(bareEngine, options, [], undefined);
  const { retry, recheck, consent, chooseFallback } = session;
  return { state, sessionKey, retry, recheck, consent, chooseFallback };
}
