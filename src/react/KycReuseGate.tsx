import { forwardRef } from 'react';
import { setupFailure } from '../client/options';
import type { GateFailure } from '../contract/failures';
import { identityOf } from './form/identity';
import { GateView } from './GateView';
import type { GateHandle, KycReuseGateProps } from './props';
import { useGateSession } from './useGateSession';

/**
 * Opens a payout UI only once Coinflow has a verification record of the user, and shows what happens until then.
 *
 * Asks `endpoint` for the record. If there is none, has the user's Persona or Sumsub verification registered
 * and waits for the record. `CoinflowWithdraw` is not in the page until Coinflow's Get Withdrawer has
 * returned a record of this `subject`.
 *
 * ```tsx
 * import { KycReuseGate } from 'kyc-reuse-gate';
 * import 'kyc-reuse-gate/styles.css';
 *
 * <KycReuseGate endpoint="/api/kyc" subject={user.id} withdraw={{ merchantId: 'acme', env: 'sandbox' }} />
 * ```
 */
export const KycReuseGate = /* @__PURE__ */ forwardRef<GateHandle, KycReuseGateProps>(
  function KycReuseGate(props, ref) {
    const identity = props.withdraw && identityOf(props.withdraw);
    const { session, state, sessionKey } = useGateSession(
      { ...props, sessionKey: identity ? identity.needsSessionKey : !!props.sessionKey },
      identity?.values ?? [],
      contentFailure(props) ?? identity?.failure,
    );
    return <GateView {...{ props, session, state, sessionKey }} handle={ref} />;
  },
);

function contentFailure({ withdraw, children }: KycReuseGateProps): GateFailure | undefined {
  if (!withdraw !== (children === undefined)) return undefined;
  return setupFailure(withdraw ? 'contentTwice' : 'contentMissing');
}
