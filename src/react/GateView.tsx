import {
  type ForwardedRef,
  type ReactNode,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { GateSession } from '../client/session';
import { explain } from '../contract/explain';
import type { GateState } from '../gate/GateState';
import { callSafely } from './callSafely';
import { en } from './en';
import { Boundary } from './Boundary';
import { preconnect } from './form/coinflowOrigin';
import { identityOf } from './form/identity';
import { useForm } from './form/useForm';
import { createLookOf, type PartProps, reviveStyles, variablesOf } from './look/appearance';
import { mergeMessages } from './messages';
import type { GateHandle, KycReuseGateProps, OpenGate } from './props';
import { type Action, type Screen, screenOf } from './screens/screenOf';
import { ScreenSlot } from './screens/ScreenSlot';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect';

interface GateViewProps {
  readonly props: KycReuseGateProps;
  /** What the buttons act on. A new session closes the form. */
  readonly session: GateSession;
  readonly state: GateState;
  readonly sessionKey: string | undefined;
  readonly handle?: ForwardedRef<GateHandle>;
}

/**
 * What a gate shows: a screen, the form, or the form opening under a screen. Everything follows from
 * the props; it sends no requests.
 */
export function GateView({ props, session, state, sessionKey, handle = null }: GateViewProps) {
  const { withdraw, children, appearance = {}, support, onCancel, components, className, style } = props;
  const identity = withdraw && identityOf(withdraw);
  const messages = mergeMessages(en, props.messages);
  const height = appearance.layout?.height;
  const root = useRef<HTMLDivElement>(null);
  const [reloads, setReloads] = useState(0);
  const reload = useCallback(() => {
    session.reopen();
    setReloads((count) => count + 1);
  }, [session]);
  useImperativeHandle(handle, () => ({ reload, recheck: session.recheck }), [reload, session]);
  useBrowserLayoutEffect(() => {
    if (root.current) reviveStyles(root.current);
  }, []);

  // Not before the user has agreed, and not where the setup is wrong.
  const isFormLikely =
    !!withdraw &&
    state.status !== 'consent' &&
    state.status !== 'failed' &&
    !(state.status === 'checking' && props.requireConsent);
  useBrowserLayoutEffect(() => {
    if (isFormLikely) preconnect(withdraw?.env);
  }, [isFormLikely, withdraw?.env]);

  const isOpen = state.status === 'ready' || state.status === 'fallback';
  const { Form } = useForm(!!withdraw, isOpen, session.setFormFailure);
  const isKeyMissing = (identity ? identity.needsSessionKey : !!props.sessionKey) && !sessionKey;
  const isMounted = isOpen && !isKeyMissing && !identity?.waitsForWallet && (!withdraw || !!Form);
  const [isShown, setShown] = useState(false);
  const isCovered = !isMounted || (!!withdraw && !isShown);
  // A new form starts covered, but `children` may be replaced within one commit when the session changes.
  useOpened(isCovered ? undefined : withdraw ? 'form' : session.id, props.onOpen);

  // Ask for the wallet once it is the only thing missing. Not before the form has loaded, because a
  // server renders the texts of `ready`.
  const waitsForWallet = identity?.waitsForWallet && ((isOpen && Form) || props.subject == null);
  const screen: Screen = waitsForWallet ? { text: 'wallet', mood: 'notice' } : screenOf(state);
  const words = messages.screens[screen.text];
  const look = createLookOf(appearance, state);
  const focus = useKeptFocus(root, state);

  function act(action: Action) {
    // The button unmounts with its screen, so keep the focus in the gate.
    root.current?.focus();
    if (action === 'reload') location.reload();
    else session[action]();
  }

  const slot = (
    <ScreenSlot {...{ state, screen, words, messages, look, support, onCancel, components }} onAction={act} />
  );
  const rootLook = look('root');
  return (
    <div
      {...rootLook}
      {...focus}
      ref={root}
      tabIndex={-1}
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
      <Live
        part={look('live')}
        said={isCovered && screen.mood !== 'problem' ? `${words.title} – ${words.text}` : undefined}
      />
      {isCovered && slot}
      {isMounted && (
        <Boundary
          key={`${session.id} ${reloads}`}
          loading={slot}
          onError={() => session.setFormFailure({ code: 'renderFailed', message: explain('renderFailed') })}
        >
          {withdraw && Form ? (
            <Form
              {...{ withdraw, sessionKey, height, messages, look, root, isCovered }}
              subject={props.subject ?? ''}
              onShown={setShown}
              onReload={reload}
              onFailure={session.setFormFailure}
            />
          ) : typeof children === 'function' ? (
            <Children render={children} open={{ record: state.status === 'ready' ? state.record : null, sessionKey }} />
          ) : (
            children
          )}
        </Boundary>
      )}
    </div>
  );
}

/** Calls the function inside a component, so that the boundary catches what it throws, not the host page. */
function Children({ render, open }: { readonly render: (open: OpenGate) => ReactNode; readonly open: OpenGate }) {
  return render(open);
}

/** @param seen identifies the visible payout UI; a new value means a new one */
function useOpened(seen: unknown, onOpen: (() => void) | undefined): void {
  const told = useRef<unknown>(undefined);
  // Runs after every render, to call the latest function. The ref keeps StrictMode from calling it twice.
  useEffect(() => {
    if (seen !== undefined && told.current !== seen) callSafely(() => onOpen?.());
    told.current = seen;
  });
}

/**
 * Fills in the text a moment later: screen readers skip a status that mounts with its text, and a step that is over
 * at once isn't worth announcing.
 */
function Live({ said, part }: { readonly said: string | undefined; readonly part: PartProps }) {
  const [spoken, setSpoken] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(setSpoken, 150, said);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div role="status" {...part}>
      {spoken}
    </div>
  );
}

/**
 * Moves focus to the gate if a screen unmounts by itself while it has the focus. Otherwise a screen reader would
 * start over at the top of the page.
 */
function useKeptFocus(root: { readonly current: HTMLElement | null }, state: GateState) {
  const hasFocus = useRef(false);
  useEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) root.current?.focus();
  }, [root, state]);
  return {
    onFocus: () => void (hasFocus.current = true),
    onBlur: () => void (hasFocus.current = false),
  };
}
