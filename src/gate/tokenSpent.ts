import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';

/** The only token there is went out before. */
export const tokenSpent: GateFailure = { code: 'tokenSpent', message: explain('tokenSentBefore') };
