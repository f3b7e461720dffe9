import Fastify from 'fastify';
import { createKycReuseHandler, createNodeListener } from 'kyc-reuse-gate/server';
import { options } from './options.js';

const app = Fastify();
const listener = createNodeListener(createKycReuseHandler(options));
app.all('/api/kyc', (request, reply) => {
  reply.hijack();
  return listener(Object.assign(request.raw, { body: request.body }), reply.raw);
});
await app.listen({ port: process.env.PORT, host: '127.0.0.1' });
