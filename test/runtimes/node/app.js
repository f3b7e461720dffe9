import { createServer } from 'node:http';
import { createKycReuseHandler, createNodeListener } from 'kyc-reuse-gate/server';
import { options } from './options.js';

const kyc = createKycReuseHandler(options);
createServer(createNodeListener(kyc)).listen(process.env.PORT, '127.0.0.1');
