import { applicantIdFor, inquiryIdFor, type Simulator, userKeyOf } from '../../simulator';
import { type KycUser, personaShareTokens, sumsubShareTokens } from '../../src/server';
import type { Vendor } from '../contract/DemoApi';
import type { Trace } from './createTrace';
import type { Providers } from './Providers';

/** The simulator's services over HTTP, and as many users as are asked for. */
export function simulatedProviders(
  simulator: Simulator,
  urls: Readonly<Record<Vendor | 'coinflow', string>>,
  trace: Trace,
): Providers {
  const { config } = simulator;
  const neverVerified = new Set<string>();
  /** Stands for the merchant's own table of users and their verifications. */
  const verificationOf = (idFor: (userKey: string) => string) => (user: KycUser) =>
    user.userId === undefined || neverVerified.has(user.userId) ? null : idFor(userKeyOf(user.userId));

  return {
    setup: { isSimulated: true, env: 'local', merchantId: config.merchantId, vendors: ['persona', 'sumsub'] },
    coinflow: { apiKey: config.apiKey, baseUrl: `${urls.coinflow}/api`, fetch: trace.fetchOf('coinflow') },
    shareTokens: {
      persona: personaShareTokens({
        apiKey: config.personaApiKey,
        connectionId: config.personaConnectionId,
        inquiryId: verificationOf(inquiryIdFor),
        baseUrl: `${urls.persona}/api/v1`,
        fetch: trace.fetchOf('persona'),
      }),
      sumsub: sumsubShareTokens({
        appToken: config.sumsubAppToken,
        secretKey: config.sumsubSecretKey,
        forClientId: config.sumsubClientId,
        applicantId: verificationOf(applicantIdFor),
        baseUrl: urls.sumsub,
        fetch: trace.fetchOf('sumsub'),
      }),
    },
    simulator,
    userOf(scenario) {
      const userId = `avery-${crypto.randomUUID().slice(0, 6)}`;
      simulator.setScenario(userKeyOf(userId), scenario);
      if (scenario === 'nothingToShare') neverVerified.add(userId);
      return { userId, email: 'avery@lumen.example', country: 'US' };
    },
  };
}
