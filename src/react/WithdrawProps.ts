import type {
  CoinflowCommonWithdrawProps,
  CoinflowWithdrawProps,
  MerchantTheme,
  WithdrawSpeed,
} from '@coinflowlabs/react';

/** Coinflow's `MerchantTheme`, with plain literals where Coinflow has an enum. */
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
 * Opens the form as a user known by id: no wallet, connection or blockchain. The gate fetches the Coinflow session key of `subject` from the endpoint and supplies
 * what the component insists on.
 *
 * ```tsx
 * withdraw={{ merchantId: 'acme', env: 'sandbox', amount: 25 }}
 * ```
 */
export type SessionWithdrawProps = Literal<Omit<CoinflowCommonWithdrawProps, 'blockchain' | 'sessionKey'>> & {
  readonly wallet?: never;
  readonly connection?: never;
  readonly blockchain?: never;
  /** A Coinflow session key you fetched yourself, of the same user that was registered. @default fetched from the endpoint */
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

/** While the user's wallet connects, the gate says so and mounts nothing. */
type MaybeConnected<Props> = Props extends { readonly wallet: infer Wallet }
  ? Omit<Props, 'wallet'> & { readonly wallet: Wallet | null | undefined }
  : never;

/**
 * What `CoinflowWithdraw` is opened with.
 *
 * `merchantId`, `env`, `blockchain`, the wallet's address and `sessionKey` are identity: a change closes the form and gates anew. The others are fixed when the form
 * opens, because Coinflow's frame reloads when they change; `reload()` applies later values. Handlers always call the latest function; `handleHeightChange` is called with
 * `appearance.layout.height: 'auto'` only, since wiring it keeps the frame from scrolling. Have one open form on a page: Coinflow's component takes messages of any frame
 * of Coinflow's for its own, so that two would both call their `onSuccess`.
 */
export type WithdrawProps = SessionWithdrawProps | WalletWithdrawProps;
