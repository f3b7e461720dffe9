import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CoinflowLimits,
  createKycReuseHandler,
  createKycWebhookHandler,
  createMemoryStore,
  createNodeListener,
  type KitErrorCode,
  sumsubShareTokens,
} from 'kyc-reuse-gate/server';
import { createRedisStore } from 'kyc-reuse-gate/redis';
import { createClient } from 'redis';
import { applicantIdFor, userKeyOf } from '../../../simulator/userKeys';
import { answerParent, optionsFromParent } from './answerParent';
import { cpuMs, usageNow } from './memory';
import { signedIn } from './session';
import { keys } from './simulatorKeys';

/** One instance of the kit, as a merchant would run it. */
export interface KitOptions {
  /** Where Coinflow and Sumsub are. */
  readonly coinflow: string;
  readonly sumsub: string;
  readonly webhooks?: boolean;
  readonly limits?: CoinflowLimits;
  /** A shared store. @default the memory of this process */
  readonly redis?: string;
}

const { coinflow, sumsub, webhooks = false, limits, redis } = optionsFromParent() as KitOptions;
const failures = new Map<KitErrorCode, number>();
const onError = ({ code }: { code: KitErrorCode }) => void failures.set(code, (failures.get(code) ?? 0) + 1);
const store = redis === undefined ? createMemoryStore() : createRedisStore({ client: createClient({ url: redis }) });

const kyc = createKycReuseHandler({
  coinflow: { apiKey: keys.coinflow, baseUrl: `${coinflow}/api` },
  authenticate: (request) => signedIn(request.headers.get('cookie')),
  shareTokens: sumsubShareTokens({
    appToken: keys.sumsubAppToken,
    secretKey: keys.sumsubSecretKey,
    forClientId: keys.sumsubClientId,
    applicantId: ({ userId = '' }) => applicantIdFor(userKeyOf(userId)),
    baseUrl: sumsub,
  }),
  store,
  webhooks,
  ...(limits && { limits }),
  onError,
});
const receiver = createKycWebhookHandler({ store, validationKey: keys.webhooks, onError });
const [onKyc, onWebhook] = [createNodeListener(kyc), createNodeListener(receiver)];

const server = createServer(
  (request, response) => void (request.url === '/webhooks/coinflow' ? onWebhook : onKyc)(request, response),
);
server.keepAliveTimeout = 60_000;

const commands = {
  usage: usageNow,
  cpuMs,
  stats: () => kyc.stats(),
  webhooks: () => receiver.stats(),
  /** What went to `onError`, by code. */
  failures: () => Object.fromEntries(failures),
};
export type KitCommands = typeof commands;

server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  answerParent(commands, (server.address() as AddressInfo).port),
);
