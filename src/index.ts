export { type FailureCode, GateError, type GateFailure } from './contract/failures';
export type { InitialRecord, VerificationLink, WithdrawerRecord } from './contract/record';
export type { BrowserToken, Vendor } from './contract/vendors';
export type { GateState, GateStatus } from './gate/GateState';
export type { PollingOptions } from './gate/pollingOptions';
export type { GateOptions, RequestOptions, TokenSource } from './client/options';
export type {
  SessionWithdrawProps,
  WalletWithdrawProps,
  WithdrawProps,
  WithdrawTheme,
} from './react/form/WithdrawProps';
export { KycReuseGate } from './react/KycReuseGate';
export type { Appearance, ElementLook, Part } from './react/look/appearance';
export type { Parts } from './react/look/parts';
export type { Tokens } from './react/look/tokens';
export type { GateMessages, PartialMessages, ScreenText } from './react/messages';
export { prefetchKycReuse, type PrefetchKycReuseOptions } from './react/prefetchKycReuse';
export type { CustomScreenProps, CustomScreens, GateHandle, KycReuseGateProps, OpenGate } from './react/props';
export type { GateEvents } from './react/useGateSession';
export { type KycReuseGateResult, useKycReuseGate, type UseKycReuseGateOptions } from './react/useKycReuseGate';
