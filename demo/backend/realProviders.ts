import { personaShareTokens, sumsubShareTokens } from '../../src/server';
import type { RealConfig } from './config';
import type { Trace } from './createTrace';
import type { Providers } from './Providers';

/** Coinflow's own environment and the vendor's API, with the one user of the configuration. */
export function realProviders({ env, apiKey, merchantId, user, vendor }: RealConfig, trace: Trace): Providers {
  const fetch = trace.fetchOf(vendor.name);
  return {
    setup: { isSimulated: false, env, merchantId, vendors: [vendor.name] },
    coinflow: { apiKey, env, fetch: trace.fetchOf('coinflow') },
    shareTokens: {
      [vendor.name]:
        vendor.name === 'persona'
          ? personaShareTokens({
              apiKey: vendor.apiKey,
              connectionId: vendor.connectionId,
              inquiryId: () => vendor.inquiryId,
              fetch,
            })
          : sumsubShareTokens({
              appToken: vendor.appToken,
              secretKey: vendor.secretKey,
              forClientId: vendor.clientId,
              applicantId: () => vendor.applicantId,
              fetch,
            }),
    },
    simulator: undefined,
    userOf: () => user,
  };
}
