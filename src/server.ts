export { absentPattern, type InitialRecord, type VerificationLink, type WithdrawerRecord } from './contract/record';
export type { ShareToken, Vendor } from './contract/vendors';
export { KitError, type KitErrorCode } from './server/answers';
export type { CoinflowOptions } from './server/coinflow';
export { createMemoryStore, type KycStore } from './server/store';
export type { KycEvent } from './server/events';
export { createKycReuseHandler, type KycReuseHandler } from './server/handler';
export type { KycReuseHandlerOptions } from './server/options';
export type { CoinflowLimits, LimitOptions } from './server/budgets';
export { createNodeListener, type NodeRequest, type NodeResponse } from './server/nodeListener';
export type { KycStats } from './server/stats';
export type { Fetch } from './server/upstream';
export { hashKycUser, type KycUser } from './server/users';
export { signWebhook } from './server/webhookAuth';
export type { KycWebhookEvent } from './server/webhookEvent';
export {
  createKycWebhookHandler,
  type KycWebhookHandler,
  type KycWebhookHandlerOptions,
  type KycWebhookStats,
} from './server/webhooks';
export { personaShareTokens, type PersonaOptions } from './server/vendors/persona';
export type { MintContext, ShareTokens } from './server/vendors/shareTokens';
export { sumsubShareTokens, type SumsubOptions } from './server/vendors/sumsub';
