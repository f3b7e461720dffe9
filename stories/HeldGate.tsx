import { type ReactNode, useMemo } from 'react';
import { heldSession } from '../src/client/session';
import type { GateState, KycReuseGateProps } from '../src/index';
import { GateView } from '../src/react/GateView';
import { StandInForm } from './StandInForm';

export interface HeldGateProps extends Pick<
  KycReuseGateProps,
  'appearance' | 'className' | 'components' | 'messages' | 'onCancel' | 'style' | 'support'
> {
  /** The payout UI. @default a stand-in form */
  readonly children?: ReactNode;
  /** The form waits for its session key. */
  readonly sessionKey?: boolean;
  /** What the gate shows, whatever the clock says. Its buttons do nothing. */
  readonly state: GateState;
  readonly withdraw?: NonNullable<KycReuseGateProps['withdraw']>;
}

/** What a user sees of the gate in one state: the real view, on a session that asks nobody. */
export function HeldGate({ state, withdraw, sessionKey, children = <StandInForm />, ...look }: HeldGateProps) {
  const session = useMemo(() => heldSession(state), [state]);
  const common = { ...look, endpoint: '/held', subject: 'user-1' };
  const props: KycReuseGateProps = withdraw
    ? { ...common, withdraw }
    : { ...common, ...(sessionKey && { sessionKey }), children };
  // Keyed: another state is another gate, with nothing left of the last one.
  return <GateView key={session.id} {...{ props, session, state }} sessionKey={undefined} />;
}
