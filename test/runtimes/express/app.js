import express from 'express';
import { createKycReuseHandler, createNodeListener } from 'kyc-reuse-gate/server';
import { options } from './options.js';

const app = express();
app.use(express.json());
app.all('/api/kyc', createNodeListener(createKycReuseHandler(options)));
app.listen(process.env.PORT, '127.0.0.1');
