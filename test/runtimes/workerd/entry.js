import { createKycReuseHandler } from 'kyc-reuse-gate/server';
import app from './app.js';
import { options } from './options.js';

// What happens to a Worker that forgets `waitUntil`.
const bare = createKycReuseHandler(options);

export default {
  fetch: (request) => (new URL(request.url).pathname === '/bare/api/kyc' ? bare(request) : app.fetch(request)),
};
