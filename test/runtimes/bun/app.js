import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import { options } from './options.js';

Bun.serve({
  port: process.env.PORT,
  hostname: '127.0.0.1',
  idleTimeout: 40,
  routes: { '/api/kyc': createKycReuseHandler(options) },
});
