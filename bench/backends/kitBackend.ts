import type { KycReuseHandler } from 'kyc-reuse-gate/server';
import { inquiryIdFor, type Simulator, userKeyOf } from '../../simulator';
import { importKit } from '../features';
import type { Upstreams } from './plainBackend';

/** Who is signed in, from the cookie of the bench's site. */
export function userOf(request: Request): string {
  return /(?:^|; )user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
}

/** The built server kit, with its own defaults. */
export async function createKitBackend({ config }: Simulator, urls: Upstreams): Promise<KycReuseHandler> {
  const { createKycReuseHandler, personaShareTokens } = await importKit();
  return createKycReuseHandler({
    coinflow: { apiKey: config.apiKey, baseUrl: `${urls.coinflow}/api` },
    authenticate: (request) => kycUser(userOf(request)),
    shareTokens: personaShareTokens({
      apiKey: config.personaApiKey,
      connectionId: config.personaConnectionId,
      inquiryId: ({ userId }) => inquiryIdFor(userKeyOf(userId ?? '')),
      baseUrl: `${urls.persona}/api/v1`,
    }),
  });
}

/** As the kit knows a user of the bench. */
export function kycUser(userId: string) {
  return { userId, email: 'avery@example.com', country: 'US' };
}
