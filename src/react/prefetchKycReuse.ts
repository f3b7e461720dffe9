import { prefetchRecord, type PrefetchOptions } from '../client/prefetch';
import { preconnect } from './form/coinflowOrigin';
import { identityOf } from './form/identity';
import { loadForm } from './form/useForm';
import type { WithdrawProps } from './form/WithdrawProps';

/** Options of {@link prefetchKycReuse}: the same as those of the gate that will follow. */
export interface PrefetchKycReuseOptions extends PrefetchOptions {
  /**
   * As on the gate. Also loads the form, connects to Coinflow's site, and fetches the session key of a user known by id. Leave it out
   * if you use your own payout UI.
   */
  readonly withdraw?: WithdrawProps;
}

/**
 * Starts a gate's first requests before it mounts: in a route loader, or when the user points at "Withdraw".
 * Never registers, and never throws.
 *
 * A gate with the same `endpoint` and `subject` that mounts within 30 s uses the result, so that a
 * returning user's form opens at once. A prefetch that failed, is older, or belongs to another subject is
 * ignored. Does nothing on a server.
 *
 * ```tsx
 * <button onPointerEnter={() => prefetchKycReuse({ endpoint: '/api/kyc', subject: user.id, withdraw })}>Withdraw</button>
 * ```
 */
export function prefetchKycReuse({ withdraw, ...options }: PrefetchKycReuseOptions): void {
  prefetchRecord({ ...options, sessionKey: withdraw ? identityOf(withdraw).needsSessionKey : !!options.sessionKey });
  if (!withdraw || typeof window === 'undefined') return;
  if (!identityOf(withdraw).failure) preconnect(withdraw.env);
  // If this fails, the gate loads the form again and reports what is missing.
  loadForm().catch(() => {});
}
