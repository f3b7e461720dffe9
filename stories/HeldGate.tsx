import type { ReactNode } from 'react';
import type { GateEngine } from '../src/client/GateSession';
import type { GateState } from '../src/gate/GateState';
import { KycReuseGate, type KycReuseGateProps } from '../src/index';
import * as engine from '../src/react/gateChunk';
import { wordedEngine } from '../src/react/wordedEngine';
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

/** The real gate, held in one state: in place of its engine there is one that asks nobody and knows only this. */
export function HeldGate({ state, withdraw, sessionKey, children = <StandInForm />, ...props }: HeldGateProps) {
  // States are plain data. In the subject, a change of state is a change of user: nothing of the last one stays.
  const common = { ...props, endpoint: '/held', subject: heldPrefix + JSON.stringify(state) };
  if (withdraw) return <KycReuseGate {...common} withdraw={withdraw} />;
  return (
    <KycReuseGate {...common} {...(sessionKey && { sessionKey })}>
      {children}
    </KycReuseGate>
  );
}

const heldPrefix = 'held:';

wordedEngine.loaded = {
  ...engine,
  createGateEngine: (options, ...rest) =>
    options.subject.startsWith(heldPrefix)
      ? hold(JSON.parse(options.subject.slice(heldPrefix.length)) as GateState)
      : engine.createGateEngine(options, ...rest),
};

function hold(state: GateState): GateEngine {
  const nothing = () => {};
  return {
    getState: () => state,
    getSessionKey: () => undefined,
    subscribe: () => nothing,
    update: nothing,
    retry: nothing,
    recheck: nothing,
    reopen: nothing,
    consent: nothing,
    chooseFallback: nothing,
    setFormFailure: nothing,
  };
}
