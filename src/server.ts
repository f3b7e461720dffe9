export { absentPattern } from './contract/absentPattern';
export type { ShareToken, Vendor } from './contract/vendors';
export type { InitialRecord, VerificationLink, WithdrawerRecord } from './contract/WithdrawerRecord';
export type { CoinflowOptions } from './server/createCoinflow';
export {
  createKycReuseHandler,
  type KycReuseHandler,
  type KycReuseHandlerOptions,
} from './server/createKycReuseHandler';
export type { Fetch } from './server/fetchJson';
export { KitError } from './server/KitError';
export type { KitErrorCode } from './server/kitErrors';
export type { KycUser } from './server/KycUser';
export { personaShareTokens, type PersonaOptions } from './server/personaShareTokens';
export type { ShareTokens } from './server/shareTokens';
export { sumsubShareTokens, type SumsubOptions } from './server/sumsubShareTokens';
