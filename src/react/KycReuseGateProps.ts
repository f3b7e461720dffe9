import type { CSSProperties, ReactNode } from 'react';
import type { GateOptions } from '../client/GateOptions';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { Appearance } from './Appearance';
import type { GateMessages } from './messages';
import type { GateEvents } from './useGateSession';
import type { WithdrawProps } from './WithdrawProps';

/** What `children` as a function is given. */
export interface OpenGate {
  /** The record that opened the gate; `null` where the user chose Coinflow's own verification. */
  readonly record: WithdrawerRecord | null;
  /** With the `sessionKey` prop: the user's Coinflow session key. */
  readonly sessionKey: string | undefined;
}

/** What a `ref` on the gate can do. */
export interface GateHandle {
  /** Closes the open form and opens it again with the present `withdraw` props. */
  reload(): void;
  /** Reads again, and waits anew. */
  recheck(): void;
}

interface CommonProps extends GateOptions, GateEvents {
  /** Where a user finds help, on screens that lead no further: an address of a page, or an e-mail address. */
  readonly support?: string;
  /** The user leaves. Without it the gate offers no way to. */
  readonly onCancel?: () => void;
  /** Texts to use instead of the default English, each on its own. */
  readonly messages?: PartialMessages;
  /** Theme, design tokens, and a look for each part. */
  readonly appearance?: Appearance;
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
    | { readonly withdraw: WithdrawProps; readonly children?: never }
    | { readonly withdraw?: never; readonly children: ReactNode | ((open: OpenGate) => ReactNode) }
  );

/** Any part of {@link GateMessages}. */
export type PartialMessages = DeepPartial<GateMessages>;

type DeepPartial<T> = T extends string ? string : { readonly [Key in keyof T]?: DeepPartial<T[Key]> };
