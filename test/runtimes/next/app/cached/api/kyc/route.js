import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import { options } from '../../../../options.js';

// Next.js then stores every `fetch` that doesn't say otherwise.
export const fetchCache = 'default-cache';

const kyc = createKycReuseHandler(options);
export { kyc as GET, kyc as POST, kyc as OPTIONS };
