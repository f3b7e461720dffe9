import { forwardRef, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { misconfigured } from '../client/checkSetup';
import { warnOnce } from '../client/warnOnce';
import type { GateFailure } from '../contract/failures';
import { CoinflowForm } from './CoinflowForm';
import { FormBoundary } from './FormBoundary';
import { identityOf } from './identityOf';
import type { GateHandle, KycReuseGateProps, OpenGate } from './KycReuseGateProps';
import { type CoinflowComponent, loadCoinflow } from './loadCoinflow';
import { mergeMessages } from './mergeMessages';
import { type Action, type Screen, screenOf } from './screenOf';
import { StateScreen } from './StateScreen';
import type { FramePhase } from './useFrameWatch';
import { useGateSession } from './useGateSession';

/**
 * Opens a payout UI only once Coinflow has a verification record of the user, and shows what happens until then.
 *
 * It asks `endpoint` for the record; where there is none, it has the user's Persona or Sumsub verification registered, and watches. `CoinflowWithdraw` is not in the page
 * before a GET has read a record of this `subject`.
 *
 * ```tsx
 * import { KycReuseGate } from 'kyc-reuse-gate';
 * import 'kyc-reuse-gate/styles.css';
 *
 * <KycReuseGate endpoint="/api/kyc" subject={user.id} withdraw={{ merchantId: 'acme', env: 'sandbox' }} />
 * ```
 */
export const KycReuseGate = forwardRef<GateHandle, KycReuseGateProps>(function KycReuseGate(props, ref) {
  const { withdraw, children, messages: ownMessages, support, onCancel, height = 'auto', className, style } = props;
  const identity = withdraw ? identityOf(withdraw) : undefined;
  const options = identity ? { ...props, sessionKey: identity.needsSessionKey } : props;
  const { session, state } = useGateSession(options, identity?.values ?? noIdentity, identity?.failure ?? contentFailure(props));
  const messages = useMemo(() => mergeMessages(ownMessages), [ownMessages]);
  const root = useRef<HTMLDivElement>(null);
  const [formKey, setFormKey] = useState(0);
  const reload = useCallback(() => setFormKey((key) => key + 1), []);
  useImperativeHandle(ref, () => ({ reload, recheck: session.recheck }), [reload, session]);

  const isOpen = state.status === 'ready' || state.status === 'fallback';
  const Coinflow = useCoinflow(withdraw !== undefined, isOpen, session.setFormFailure);
  const sessionKey = session.getSessionKey();
  const isKeyMissing = !!options.sessionKey && !sessionKey;
  const isMounted = isOpen && !isKeyMissing && !identity?.waitsForWallet && (!withdraw || !!Coinflow);

  // Belongs to one mounted form: another form starts out covered again.
  const formId = `${formKey}`;
  const [frame, setFrame] = useState<{ of: object; id: string; phase: FramePhase }>();
  const phase = frame?.of === session && frame.id === formId ? frame.phase : 'loading';
  const onPhase = useCallback((next: FramePhase) => setFrame({ of: session, id: formId, phase: next }), [session, formId]);
  const isCovered = !isMounted || (withdraw !== undefined && phase === 'loading');

  function onAction(action: Action) {
    // The button goes away with its screen; focus stays in the gate.
    root.current?.focus();
    if (action === 'agree') session.consent();
    else if (action === 'fallback') session.chooseFallback();
    else session[action]();
  }

  const screen: Screen = isOpen && identity?.waitsForWallet ? walletScreen : screenOf(state);
  const { title, text } = screen.text(messages);
  const announcement = isCovered ? `${title}. ${text}` : '';
  const isProblem = screen.look === 'problem';
  return (
    <div ref={root} tabIndex={-1} data-kyc-gate={state.status} className={className} style={style}>
      <div role="status" data-kyc-part="live">
        {isProblem ? '' : announcement}
      </div>
      {isProblem && (
        <div role="alert" data-kyc-part="live">
          {announcement}
        </div>
      )}
      {isCovered && <StateScreen screen={screen} messages={messages} onAction={onAction} support={support} onCancel={onCancel} />}
      {isMounted && (
        <FormBoundary key={formId} onError={() => session.setFormFailure(renderFailed)}>
          {withdraw && Coinflow ? (
            <CoinflowForm
              Coinflow={Coinflow}
              withdraw={withdraw}
              sessionKey={sessionKey}
              height={height}
              frameTitle={messages.frameTitle}
              onPhase={onPhase}
              onFailure={session.setFormFailure}
            />
          ) : typeof children === 'function' ? (
            <Children render={children} open={{ record: state.status === 'ready' ? state.record : null, sessionKey }} />
          ) : (
            children
          )}
        </FormBoundary>
      )}
      {isMounted && phase === 'silent' && (
        <p data-kyc-part="notice">
          {messages.notLoading}{' '}
          <button type="button" data-kyc-part="link" onClick={reload}>
            {messages.actions.reload}
          </button>
        </p>
      )}
    </div>
  );
});

/** Called as a component, so that a throwing function is the boundary's, not the host page's. */
function Children({ render, open }: { readonly render: (open: OpenGate) => React.ReactNode; readonly open: OpenGate }) {
  return render(open);
}

/** Starts loading Coinflow's component with the first read, beside it; tells of a failure only once the form is due. */
function useCoinflow(
  isWanted: boolean,
  isDue: boolean,
  onFailure: (failure: GateFailure | undefined) => void,
): CoinflowComponent | undefined {
  const [Coinflow, setCoinflow] = useState<CoinflowComponent>();
  useEffect(() => {
    if (!isWanted) return undefined;
    let isHere = true;
    loadCoinflow().then(
      (component) => isHere && setCoinflow(() => component),
      (error: unknown) => {
        if (!isHere || !isDue) return;
        warnOnce(
          'withdrawUnavailable',
          `Coinflow's component could not be loaded (${String(error)}). Install what it needs: npm install @coinflowlabs/react@5 @solana/web3.js@1 bs58@5`,
        );
        onFailure({ code: 'withdrawUnavailable', message: '`@coinflowlabs/react`, or its peers `@solana/web3.js` 1 and `bs58` 5, could not be loaded.' });
      },
    );
    return () => {
      isHere = false;
    };
  }, [isWanted, isDue, onFailure]);
  return Coinflow;
}

const noIdentity: readonly unknown[] = [];

const walletScreen: Screen = { text: (messages) => messages.wallet, look: 'notice', cancel: true };

const renderFailed: GateFailure = {
  code: 'renderFailed',
  message: 'The form or the `children` of the gate threw while rendering; the error is in the console.',
};

function contentFailure({ withdraw, children }: KycReuseGateProps): GateFailure | undefined {
  if (withdraw === undefined && children === undefined) return misconfigured('`withdraw` and `children` are both missing. Pass one of them.');
  return undefined;
}
