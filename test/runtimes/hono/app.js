import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import { options } from './options.js';

const kyc = createKycReuseHandler(options);
const app = new Hono();
app.all('/api/kyc', (c) => kyc(c.req.raw));
serve({ fetch: app.fetch, port: process.env.PORT, hostname: '127.0.0.1' });
