import { createElement, forwardRef, type ReactNode, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { misconfigured } from '../client/checkSetup';
import { warnOnce } from '../client/warnOnce';
import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import { earlyEn } from './earlyEn';
import type { Appearance } from './Appearance';
import { createLookOf } from './createLookOf';
import { FormBoundary } from './FormBoundary';
import { identityOf } from './identityOf';
import type { GateHandle, KycReuseGateProps, OpenGate } from './KycReuseGateProps';
import { type FormComponent, loadForm } from './loadForm';
import type { LoadedMessages } from './messages';
import { mergeMessages } from './mergeMessages';
import { type Action, type Screen, screenOf } from './screenOf';
import { StateScreen } from './StateScreen';
import { useGateSession } from './useGateSession';
import { variablesOf } from './variablesOf';
import { wordedEngine } from './wordedEngine';

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
export const KycReuseGate = /* @__PURE__ */ forwardRef<GateHandle, KycReuseGateProps>(function KycReuseGate(props, ref) {
  const { withdraw, children, messages: ownMessages, support, onCancel, appearance = noAppearance, className, style } = props;
  const identity = withdraw && identityOf(withdraw);
  const sessionKeyNeeded = identity ? identity.needsSessionKey : !!props.sessionKey;
  const { session, state, sessionKey } = useGateSession(
    wordedEngine,
    { ...props, sessionKey: sessionKeyNeeded },
    identity?.values ?? [],
    contentFailure(props) ?? identity?.failure,
  );
  const texts: LoadedMessages = wordedEngine.loaded?.en ?? earlyEn;
  const messages = useMemo(() => mergeMessages(texts, ownMessages), [texts, ownMessages]);
  const root = useRef<HTMLDivElement>(null);
  const [reloads, setReloads] = useState(0);
  const reload = useCallback(() => {
    session.renewSessionKey();
    setReloads((count) => count + 1);
  }, [session]);
  useImperativeHandle(ref, () => ({ reload, recheck: session.recheck }), [reload, session]);

  const isOpen = state.status === 'ready' || state.status === 'fallback';
  const form = useForm(!!withdraw, isOpen, session.setFormFailure);
  const isMounted = isOpen && !(sessionKeyNeeded && !sessionKey) && !identity?.waitsForWallet && (!withdraw || !!form);

  // Belongs to one mounted form: another one starts out covered again.
  const [shown, setShown] = useState<{ of: object; reloads: number }>();
  const onShown = useCallback(() => setShown({ of: session, reloads }), [session, reloads]);
  const isCovered = !isMounted || (!!withdraw && !(shown?.of === session && shown.reloads === reloads));

  function onAction(action: Action) {
    // The button goes away with its screen; focus stays in the gate.
    root.current?.focus();
    if (action === 'agree') session.consent();
    else if (action === 'fallback') session.chooseFallback();
    else session.retry();
  }

  const screen: Screen = isOpen && identity?.waitsForWallet ? { text: 'wallet', mood: 'notice' } : screenOf(state);
  const words = messages.screens[screen.text] ?? messages.screens.misconfigured;
  const look = createLookOf(appearance, state);
  const rootLook = look('root');
  return (
    <div
      {...rootLook}
      ref={root}
      tabIndex={-1}
      data-kyc-gate={state.status}
      data-kyc-theme={appearance.unstyled ? 'none' : (appearance.baseTheme ?? 'page')}
      className={[rootLook.className, className].filter(Boolean).join(' ') || undefined}
      style={{ ...variablesOf(appearance), ...rootLook.style, ...style }}
    >
      <div role="status" {...look('live')}>
        {isCovered && screen.mood !== 'problem' && `${words.title}. ${words.text}`}
      </div>
      {isCovered && (
        <StateScreen screen={screen} words={words} messages={messages} look={look} onAction={onAction} support={support} onCancel={onCancel} />
      )}
      {isMounted && (
        <FormBoundary key={reloads} onError={() => session.setFormFailure({ code: 'renderFailed', message: explain('renderFailed') })}>
          {withdraw && form ? (
            createElement(form, { withdraw, sessionKey, height: appearance.layout?.height, messages, look, onShown, onReload: reload, onFailure: session.setFormFailure })
          ) : typeof children === 'function' ? (
            <Children render={children} open={{ record: state.status === 'ready' ? state.record : null, sessionKey }} />
          ) : (
            children
          )}
        </FormBoundary>
      )}
    </div>
  );
});

/** Called as a component, so that a throwing function is the boundary's, not the host page's. */
function Children({ render, open }: { readonly render: (open: OpenGate) => ReactNode; readonly open: OpenGate }) {
  return render(open);
}

/** Starts loading the form with the first read, beside it; tells of a failure only once the form is due. */
function useForm(isWanted: boolean, isDue: boolean, onFailure: (failure: GateFailure) => void): FormComponent | undefined {
  const [form, setForm] = useState<FormComponent>();
  useEffect(() => {
    if (!isWanted) return undefined;
    let isHere = true;
    loadForm().then(
      (component) => isHere && setForm(() => component),
      (error: unknown) => {
        if (!isHere || !isDue) return;
        const detail = String(error);
        warnOnce('withdrawUnavailable', detail);
        onFailure({ code: 'withdrawUnavailable', message: explain('withdrawUnavailable', detail) });
      },
    );
    return () => {
      isHere = false;
    };
  }, [isWanted, isDue, onFailure]);
  return form;
}

const noAppearance: Appearance = {};

function contentFailure({ withdraw, children }: { withdraw?: unknown; children?: unknown }): GateFailure | undefined {
  if (withdraw && children !== undefined) return misconfigured('contentTwice');
  return withdraw || children !== undefined ? undefined : misconfigured('contentMissing');
}
