import { createMemoryStore, type KycStore } from '../../src/server';
import { type KitOptions, mint, onRegister, openKit, type Upstream, user } from './openKit';

/**
 * Several instances over one store and one Coinflow, which knows no record until `read` says otherwise. The signed-in user
 * is the `subject`.
 */
export function openFleet(
  { register, read }: { readonly register: Upstream; readonly read?: Upstream },
  {
    store = createMemoryStore(),
    count = 2,
    ...over
  }: KitOptions & { readonly count?: number; readonly store?: KycStore } = {},
) {
  const minted: string[] = [];
  const registered: string[] = [];
  const upstream: Upstream = async (request) => {
    if (request.method === 'GET' && read) return read(request);
    if (request.method === 'POST')
      registered.push(((await request.clone().json()) as { shareToken: string }).shareToken);
    return onRegister(register)(request);
  };
  const kits = Array.from({ length: count }, () =>
    openKit(upstream, {
      store,
      authenticate: ({ url }) => ({ userId: new URL(url).searchParams.get('subject') ?? '', email: user.email }),
      shareTokens: () => {
        const token = mint();
        minted.push(token.shareToken);
        return token;
      },
      ...over,
    }),
  );
  /** One of the instances. */
  const kit = (index = 0) => {
    const found = kits[index];
    if (!found) throw new Error(`There is no instance ${index}.`);
    return found;
  };
  return { kits, kit, store, minted, registered };
}

/** What a POST was told: status, code, `notSent`. */
export async function toldOf(response: Response | Promise<Response>) {
  const { status } = await response;
  const { error } = (await (await response).json()) as { error?: { code: string; notSent?: boolean } };
  return [status, error?.code, error?.notSent];
}

/** The body of a POST with a browser's token. */
export const inHand = (shareToken: string) => JSON.stringify({ vendor: 'persona', shareToken });
