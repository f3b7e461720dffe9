import { after } from 'next/server';
import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import { options } from '../../../options.js';

const kyc = createKycReuseHandler({ ...options, waitUntil: (work) => after(work) });
export { kyc as GET, kyc as POST, kyc as OPTIONS };
