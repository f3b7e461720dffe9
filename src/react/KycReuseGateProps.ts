import type { ComponentType, CSSProperties, ReactNode } from 'react';
import type { GateOptions } from '../client/GateOptions';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { GateState, GateStatus } from '../gate/GateState';
import type { Appearance } from './Appearance';
import type { GateMessages, ScreenText } from './messages';
import type { GateEvents } from './useGateSession';
import type { WithdrawProps } from './WithdrawProps';

/** What `children` as a function is given. */
export interface OpenGate {
  /** The record that opened the gate; `null` where the user chose Coinflow's own verification. */
  readonly record: WithdrawerRecord | null;
  /** With the `sessionKey` prop: the user's Coinflow session key. */
  readonly sessionKey: string | undefined;
}

/** What a screen of your own is given. */
export interface OwnScreenProps<State extends GateState = GateState> {
  readonly state: State;
  /** The words of the gate's own screen, yours of `messages` among them. */
  readonly words: ScreenText;
  /** Asks again: after a failure with `canRetry`, or once `delayed` is `exhausted`. */
  readonly retry: () => void;
  /** Agrees to sharing, in `consent`. */
  readonly consent: () => void;
  /** Chooses Coinflow's own verification, where `state.canFallback`. */
  readonly chooseFallback: () => void;
}

/** Screens of your own, by status; those of `ready` and `fallback` cover the form until it shows. One that throws is replaced by the gate's own. */
export type OwnScreens = {
  readonly [Status in GateStatus]?: ComponentType<OwnScreenProps<Extract<GateState, { status: Status }>>>;
};

/** What a `ref` on the gate can do. */
export interface GateHandle {
  /** Closes the open form and opens it again with the present `withdraw` props. */
  reload(): void;
  /** Reads again, and waits anew. */
  recheck(): void;
}

interface CommonProps extends Omit<GateOptions, 'sessionKey'>, GateEvents {
  /** Where a user finds help, on screens that lead no further: an address of a page, or an e-mail address. */
  readonly support?: string;
  /** The user leaves. Without it the gate offers no way to. */
  readonly onCancel?: () => void;
  /**
   * Texts to use instead of the default English, each on its own: a locale, or any part of your own.
   *
   * ```tsx
   * import { de } from 'kyc-reuse-gate/locales/de';
   *
   * messages={de}
   * messages={{ ...de, actions: { ...de.actions, cancel: 'Später' } }}
   * ```
   */
  readonly messages?: PartialMessages;
  /** Theme, design tokens, and a look for each part. */
  readonly appearance?: Appearance;
  /** Screens of your own in place of the gate's. */
  readonly components?: OwnScreens;
  readonly className?: string;
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
    | { readonly withdraw: WithdrawProps; readonly children?: never; readonly sessionKey?: never }
    | {
        readonly withdraw?: never;
        readonly children: ReactNode | ((open: OpenGate) => ReactNode);
        readonly sessionKey?: boolean;
      }
  );

/** Any part of {@link GateMessages}. */
export type PartialMessages = DeepPartial<GateMessages>;

type DeepPartial<T> = T extends string ? T : { readonly [Key in keyof T]?: DeepPartial<T[Key]> };
