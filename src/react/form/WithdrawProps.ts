import type {
  CoinflowCommonWithdrawProps,
  CoinflowWithdrawProps,
  MerchantTheme,
  WithdrawSpeed,
} from '@coinflowlabs/react';

/** Coinflow's `MerchantTheme`, with string literals instead of an enum. */
export type WithdrawTheme = Omit<MerchantTheme, 'style'> & {
  readonly style?: `${NonNullable<MerchantTheme['style']>}`;
};

type Literal<Props> = Props extends unknown
  ? Omit<Props, 'theme' | 'allowedWithdrawSpeeds'> & {
      readonly theme?: WithdrawTheme;
      readonly allowedWithdrawSpeeds?: readonly `${WithdrawSpeed}`[];
    }
  : never;

/**
 * Opens the form for a user known by id: no wallet, connection or blockchain. The gate fetches the subject's Coinflow
 * session key from the endpoint and fills in what Coinflow's component requires.
 *
 * ```tsx
 * withdraw={{ merchantId: 'acme', env: 'sandbox', amount: 25 }}
 * ```
 */
export type SessionWithdrawProps = Literal<Omit<CoinflowCommonWithdrawProps, 'blockchain' | 'sessionKey'>> & {
  readonly wallet?: never;
  readonly connection?: never;
  readonly blockchain?: never;
  /**
   * A Coinflow session key that you fetched yourself, for the user that was registered.
   * @default fetched from the endpoint
   */
  readonly sessionKey?: string;
};

/**
 * Coinflow's own props, for a user registered by wallet.
 *
 * ```tsx
 * withdraw={{ merchantId: 'acme', env: 'prod', blockchain: 'solana', wallet, connection }}
 * ```
 */
export type WalletWithdrawProps = MaybeConnected<Literal<CoinflowWithdrawProps>>;

/** `wallet` may be missing while it connects: the gate says so and mounts nothing. */
type MaybeConnected<Props> = Props extends { readonly wallet: infer Wallet }
  ? Omit<Props, 'wallet'> & { readonly wallet: Wallet | null | undefined }
  : never;

/**
 * What `CoinflowWithdraw` is opened with.
 *
 * `merchantId`, `env`, `blockchain`, the wallet's address and `sessionKey` are identity: a change closes the form and
 * starts the gate over. All other props are fixed when the form opens, because Coinflow's frame reloads when they
 * change; `reload()` applies later values. Handlers always call your latest function. `handleHeightChange` is only
 * called with `appearance.layout.height: 'auto'`, because wiring it keeps the frame from scrolling.
 *
 * Open only one form per page: Coinflow's component accepts messages from any Coinflow frame, so two
 * forms would both call `onSuccess`.
 */
export type WithdrawProps = SessionWithdrawProps | WalletWithdrawProps;
