import type { AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { inquiryIdFor, serveOn, userKeyOf } from '../../simulator';
import { createRedisStore } from '../../src/redis';
import { createKycReuseHandler, personaShareTokens } from '../../src/server';

/** What an instance is told by its parent. */
export interface InstanceOptions {
  readonly coinflow: string;
  readonly persona: string;
  readonly redis: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** What an instance tells its parent. */
export type InstanceMessage = { readonly port: number } | { readonly error: string };

/** One instance of a merchant's backend, a process of its own. The signed-in user is whoever `x-test-user` names. */
const options = JSON.parse(process.argv[2] ?? '') as InstanceOptions;
const tell = (message: InstanceMessage) => process.send?.(message);

const handle = createKycReuseHandler({
  store: createRedisStore({ client: createClient({ url: options.redis }) }),
  coinflow: { apiKey: 'coinflow_simulated_key', baseUrl: `${options.coinflow}/api` },
  authenticate(request) {
    const userId = request.headers.get('x-test-user');
    return userId ? { userId, email: `${userId}@example.com` } : null;
  },
  shareTokens: personaShareTokens({
    apiKey: 'persona_simulated_key',
    connectionId: 'cxn_simulated',
    inquiryId: ({ userId = '' }) => inquiryIdFor(userKeyOf(userId)),
    baseUrl: `${options.persona}/api/v1`,
  }),
  onError: ({ code }) => tell({ error: code }),
});
const server = await serveOn(handle, options.port, 'an instance of the kit');
tell({ port: (server.address() as AddressInfo).port });
// An instance whose parent is gone has nobody to serve.
process.once('disconnect', () => process.exit());
