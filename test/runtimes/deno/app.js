import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import { options } from './options.js';

Deno.serve({ port: Number(Deno.env.get('PORT')), hostname: '127.0.0.1' }, createKycReuseHandler(options));
