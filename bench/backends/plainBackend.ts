import { inquiryIdFor, type Simulator, userKeyOf } from '../../simulator';

/** Where the simulated services are. */
export interface Upstreams {
  readonly coinflow: string;
  readonly persona: string;
}

/** A merchant's endpoint. @param userId who is signed in */
export type Backend = (request: Request, userId: string) => Promise<Response>;

/** A thin proxy written by hand: it passes on what Coinflow answers, and holds nothing. Beside the session key's shape, that is Coinflow's guide. */
export function createPlainBackend({ config }: Simulator, urls: Upstreams): Backend {
  return async (request, userId) => {
    const coinflow = createCoinflowCalls(config.apiKey, urls.coinflow, userId);
    if (request.method === 'POST') {
      const response = await fetch(`${urls.persona}/api/v1/connect/share-tokens`, {
        method: 'POST',
        headers: { authorization: `Bearer ${config.personaApiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          data: {
            attributes: { 'connection-id': config.personaConnectionId, 'source-id': inquiryIdFor(userKeyOf(userId)) },
          },
        }),
      });
      const minted = (await response.json()) as { data: { id: string } };
      return passOn(await coinflow.register(minted.data.id));
    }
    if (!new URL(request.url).searchParams.has('session')) return passOn(await coinflow.read());
    return Response.json({ sessionKey: await coinflow.sessionKey() });
  };
}

function createCoinflowCalls(apiKey: string, baseUrl: string, userId: string) {
  const headers = { authorization: apiKey, 'x-coinflow-auth-user-id': userId, 'content-type': 'application/json' };
  return {
    read: () => fetch(`${baseUrl}/api/withdraw`, { headers }),
    register: (shareToken: string) =>
      fetch(`${baseUrl}/api/withdraw/kyc/share-token`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ vendor: 'persona', shareToken, email: 'avery@example.com' }),
      }),
    async sessionKey(): Promise<string> {
      const response = await fetch(`${baseUrl}/api/auth/session-key`, { headers });
      return ((await response.json()) as { key: string }).key;
    },
  };
}

async function passOn(response: Response): Promise<Response> {
  return new Response(await response.text(), {
    status: response.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
