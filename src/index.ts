export { GateError } from './contract/GateError';
export type { FailureCode, GateFailure } from './contract/failures';
export type { BrowserToken, Vendor } from './contract/vendors';
export type { InitialRecord, VerificationLink, WithdrawerRecord } from './contract/WithdrawerRecord';
export type { GateState, GateStatus } from './gate/GateState';
export type { PollingOptions } from './gate/timing';
export type { GateOptions } from './client/GateOptions';
export type { TokenSource } from './client/registerOnce';
export type { RequestOptions } from './client/RequestOptions';
export type { Appearance, ElementLook, Part } from './react/Appearance';
export { KycReuseGate } from './react/KycReuseGate';
export type {
  GateHandle,
  KycReuseGateProps,
  OpenGate,
  OwnScreenProps,
  OwnScreens,
  PartialMessages,
} from './react/KycReuseGateProps';
export type { GateMessages, ScreenText } from './react/messages';
export { type GateEvents } from './react/useGateSession';
export type { Parts } from './react/Parts';
export type { Tokens } from './react/Tokens';
export { useKycReuseGate, type KycReuseGateResult, type UseKycReuseGateOptions } from './react/useKycReuseGate';
export type { SessionWithdrawProps, WalletWithdrawProps, WithdrawProps, WithdrawTheme } from './react/WithdrawProps';
