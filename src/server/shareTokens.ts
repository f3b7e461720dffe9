import type { ShareToken } from '../contract/vendors';
import type { KycUser } from './KycUser';

/**
 * Mints a share token for a user, a new one each time: `personaShareTokens(...)`, `sumsubShareTokens(...)` or a function of your own.
 *
 * @returns `null` where the user has no completed inquiry or applicant to share
 */
export type ShareTokens = (user: KycUser) => ShareToken | null | Promise<ShareToken | null>;
