import type { ComponentType, CSSProperties, ReactNode } from 'react';
import type { GateOptions } from '../client/options';
import type { WithdrawerRecord } from '../contract/record';
import type { GateState, GateStatus } from '../gate/GateState';
import type { WithdrawProps } from './form/WithdrawProps';
import type { Appearance } from './look/appearance';
import type { PartialMessages, ScreenText } from './messages';
import type { GateEvents } from './useGateSession';

/** What a `children` function receives. */
export interface OpenGate {
  /** The record that opened the gate; `null` if the user chose Coinflow's own verification. */
  readonly record: WithdrawerRecord | null;
  /** With the `sessionKey` prop: the user's Coinflow session key. */
  readonly sessionKey: string | undefined;
}

/** Props of a custom screen. */
export interface CustomScreenProps<State extends GateState = GateState> {
  readonly state: State;
  /** The texts of the gate's own screen, with your `messages` applied. */
  readonly words: ScreenText;
  /** Tries again after a failure. Offer it if `state.canRetry`. */
  readonly retry: () => void;
  /** Reads again. Offer it once `delayed` is `exhausted`. */
  readonly recheck: () => void;
  /** Gives consent to sharing, in `consent`. */
  readonly consent: () => void;
  /** Chooses Coinflow's own verification. Offer it if `state.canFallback`. */
  readonly chooseFallback: () => void;
}

/**
 * Custom screens by status. Those of `ready` and `fallback` cover the form until it shows. If one throws,
 * the gate's own takes its place.
 */
export type CustomScreens = {
  readonly [Status in GateStatus]?: ComponentType<CustomScreenProps<Extract<GateState, { status: Status }>>>;
};

/** What a `ref` on the gate gives you. */
export interface GateHandle {
  /** Closes the open form and opens it again with the current `withdraw` props. */
  reload(): void;
  /** Reads again and restarts the wait, like *Check again*. */
  recheck(): void;
}

interface CommonProps extends Omit<GateOptions, 'sessionKey'>, GateEvents {
  /** Called when the form is visible: its frame has something to show, or your `children` are in the page. */
  readonly onOpen?: () => void;
  /** Where users find help on dead-end screens: the URL of a page, or an e-mail address. */
  readonly support?: string;
  /** Called when the user leaves. Without it, the gate offers no way to leave. */
  readonly onCancel?: () => void;
  /**
   * Texts that replace the default English, one by one: a locale, or any texts of your own.
   *
   * ```tsx
   * import { de } from 'kyc-reuse-gate/locales/de';
   *
   * messages={de}
   * messages={{ ...de, actions: { ...de.actions, cancel: 'Später' } }}
   * ```
   */
  readonly messages?: PartialMessages;
  /** Theme, design tokens, and the look of each part. */
  readonly appearance?: Appearance;
  /** Custom screens that replace the gate's own. */
  readonly components?: CustomScreens;
  /** Class name of the gate's root. */
  readonly className?: string;
  /** Style of the gate's root. */
  readonly style?: CSSProperties;
}

/**
 * Props of `KycReuseGate`: either `withdraw`, for Coinflow's form, or `children`, for your own payout UI.
 *
 * ```tsx
 * <KycReuseGate endpoint="/api/kyc" subject={user.id} withdraw={{ merchantId: 'acme', env: 'sandbox' }} />
 *
 * <KycReuseGate endpoint="/api/kyc" subject={user.id}>
 *   {({ record }) => <MyPayout vendor={record?.vendor} />}
 * </KycReuseGate>
 * ```
 */
export type KycReuseGateProps = CommonProps &
  (
    | { readonly withdraw: WithdrawProps; readonly children?: undefined; readonly sessionKey?: undefined }
    | {
        readonly withdraw?: never;
        readonly children: ReactNode | ((open: OpenGate) => ReactNode);
        readonly sessionKey?: boolean;
      }
  );
