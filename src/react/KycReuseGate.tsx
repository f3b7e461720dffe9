import {
  type ComponentType,
  forwardRef,
  type ReactNode,
  useCallback,
  useEffect,
  Suspense,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { setupFailure } from '../client/checkSetup';
import { whenLoaded } from '../client/whenLoaded';
import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import { earlyEn } from './earlyEn';
import { createLookOf } from './createLookOf';
import { FormBoundary } from './FormBoundary';
import { identityOf } from './identityOf';
import type { GateHandle, KycReuseGateProps, OpenGate, OwnScreenProps } from './KycReuseGateProps';
import { type FormComponent, loadForm } from './loadForm';
import type { LoadedMessages } from './messages';
import { mergeMessages } from './mergeMessages';
import { earlyScreenOf } from './earlyScreenOf';
import type { Action, Screen } from './screenOf';
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
export const KycReuseGate = /* @__PURE__ */ forwardRef<GateHandle, KycReuseGateProps>(
  function KycReuseGate(props, ref) {
    const { withdraw, children, messages: ownMessages, support, onCancel, components, className, style } = props;
    const appearance = props.appearance ?? {};
    const height = appearance.layout?.height;
    const identity = withdraw && identityOf(withdraw);
    const sessionKeyNeeded = identity ? identity.needsSessionKey : !!props.sessionKey;
    const { session, state, sessionKey } = useGateSession(
      wordedEngine,
      { ...props, sessionKey: sessionKeyNeeded },
      identity?.values ?? [],
      contentFailure(props) ?? identity?.failure,
    );
    const { GateTime, screenOf = earlyScreenOf, en: texts = earlyEn } = wordedEngine.loaded ?? {};
    const messages = mergeMessages<LoadedMessages>(texts, ownMessages);
    const root = useRef<HTMLDivElement>(null);
    const [reloads, setReloads] = useState(0);
    const reload = useCallback(() => {
      session.reopen();
      setReloads((count) => count + 1);
    }, [session]);
    useImperativeHandle(ref, () => ({ reload, recheck: session.recheck }), [reload, session]);

    const isOpen = state.status === 'ready' || state.status === 'fallback';
    const { Form } = useForm(!!withdraw, isOpen, session.setFormFailure);
    const isMounted =
      isOpen && !(sessionKeyNeeded && !sessionKey) && !identity?.waitsForWallet && (!withdraw || !!Form);

    // A screen that leaves by itself may take the focus with it; a screen reader would start over at the page's top.
    const hasFocus = useRef(false);
    useEffect(() => {
      if (hasFocus.current && document.activeElement === document.body) root.current?.focus();
    }, [state]);

    const [isShown, setShown] = useState(false);
    const isCovered = !isMounted || (!!withdraw && !isShown);

    function act(action: Action) {
      // The button goes away with its screen; focus stays in the gate.
      root.current?.focus();
      if (action === 'reload') location.reload();
      else session[action === 'recheck' ? 'retry' : action]();
    }

    // Once the form is there, which no server and no hydration has: their words are `ready`'s.
    const screen: Screen =
      isOpen && Form && identity?.waitsForWallet ? { text: 'wallet', mood: 'notice' } : screenOf(state);
    const words = messages.screens[screen.text] ?? messages.screens.checking;
    const look = createLookOf(appearance, state);

    // A moment later: a status that comes together with its words is not read, and a step that is over at once is not worth a sentence.
    const [spoken, setSpoken] = useState<string | false>();
    const said = isCovered && screen.mood !== 'problem' && `${words.title} – ${words.text}`;
    useEffect(() => {
      const timer = setTimeout(setSpoken, 150, said);
      return () => clearTimeout(timer);
    }, [said]);

    const rootLook = look('root');
    const OwnScreen = components?.[state.status] as ComponentType<OwnScreenProps> | undefined;
    const gateScreen = (
      <StateScreen
        screen={screen}
        words={words}
        messages={messages}
        look={look}
        onAction={act}
        support={support}
        onCancel={onCancel}
        time={
          GateTime &&
          messages.times && (
            <GateTime key={state.status} state={state} lang={messages.lang} times={messages.times} look={look} />
          )
        }
      />
    );
    return (
      <div
        {...rootLook}
        ref={root}
        tabIndex={-1}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={() => {
          hasFocus.current = false;
        }}
        lang={messages.lang}
        dir={messages.dir}
        data-kyc-gate={state.status}
        data-kyc-theme={appearance.unstyled ? 'none' : (appearance.baseTheme ?? 'default')}
        className={[rootLook.className, className].join(' ').trim() || undefined}
        style={{
          ...variablesOf(appearance),
          ...(typeof height === 'number' && { '--kyc-gate-min-height': `${height}px` }),
          ...rootLook.style,
          ...style,
        }}
      >
        <div role="status" {...look('live')}>
          {spoken}
        </div>
        {isCovered &&
          (OwnScreen ? (
            <FormBoundary key={state.status} fallback={gateScreen}>
              <Suspense fallback={gateScreen}>
                <div {...look('screen')}>
                  <OwnScreen
                    state={state}
                    words={words}
                    retry={() => act('retry')}
                    consent={() => act('consent')}
                    chooseFallback={() => act('chooseFallback')}
                  />
                </div>
              </Suspense>
            </FormBoundary>
          ) : (
            gateScreen
          ))}
        {isMounted && (
          <FormBoundary
            key={`${session.id} ${reloads}`}
            onError={() => session.setFormFailure({ code: 'renderFailed', message: explain('renderFailed') })}
          >
            <Suspense fallback={gateScreen}>
              {withdraw && Form ? (
                <Form
                  withdraw={withdraw}
                  subject={props.subject}
                  sessionKey={sessionKey}
                  height={height}
                  messages={messages}
                  look={look}
                  root={root}
                  isCovered={isCovered}
                  onShown={setShown}
                  onReload={reload}
                  onFailure={session.setFormFailure}
                />
              ) : typeof children === 'function' ? (
                <Children
                  render={children}
                  open={{ record: state.status === 'ready' ? state.record : null, sessionKey }}
                />
              ) : (
                children
              )}
            </Suspense>
          </FormBoundary>
        )}
      </div>
    );
  },
);

/** Called as a component, so that a throwing function is the boundary's, not the host page's. */
function Children({ render, open }: { readonly render: (open: OpenGate) => ReactNode; readonly open: OpenGate }) {
  return render(open);
}

/** Starts loading the form with the first read, beside it; tells of a failure only once the form is due. */
function useForm(
  isWanted: boolean,
  isDue: boolean,
  onFailure: (failure: GateFailure) => void,
): { readonly Form: FormComponent | undefined } {
  const [form, setForm] = useState<FormComponent>();
  useEffect(() => {
    if (!isWanted) return undefined;
    let isHere = true;
    const endWait = whenLoaded(
      loadForm(),
      (component) => isHere && setForm(() => component),
      (error) => {
        if (isHere && isDue) onFailure(setupFailure('withdrawUnavailable', String(error), 'withdrawUnavailable'));
      },
    );
    return () => {
      isHere = false;
      endWait();
    };
  }, [isWanted, isDue, onFailure]);
  return { Form: form };
}

function contentFailure({ withdraw, children }: { withdraw?: unknown; children?: unknown }): GateFailure | undefined {
  return !withdraw === (children === undefined)
    ? setupFailure(withdraw ? 'contentTwice' : 'contentMissing')
    : undefined;
}
