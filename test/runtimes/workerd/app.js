import { waitUntil } from 'cloudflare:workers';
import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import { options } from './options.js';

const kyc = createKycReuseHandler({ ...options, waitUntil: (work) => waitUntil(work) });
export default { fetch: (request) => kyc(request) };
