import type { Service, Simulator } from '../../simulator/createSimulator';

/** Everything the services have handed out that must not lie about, by value. */
export type Secrets = ReadonlyMap<string, 'share token' | 'session key'>;

/** The services of a simulator, and every share token and session key that they give from now on. */
export function watchSecrets<T extends Pick<Simulator, 'coinflow' | 'persona' | 'sumsub'>>(
  simulator: T,
): { readonly watched: T; readonly secrets: Secrets } {
  const secrets = new Map<string, 'share token' | 'session key'>();

  function watch(service: Service, kind: 'share token' | 'session key', secretIn: (body: Body) => unknown): Service {
    return async (request, cut) => {
      const response = await service(request, cut);
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => null);
      const secret = body === null ? undefined : secretIn(body as Body);
      if (typeof secret === 'string') secrets.set(secret, kind);
      return response;
    };
  }

  return {
    watched: {
      ...simulator,
      coinflow: watch(simulator.coinflow, 'session key', ({ key }) => key),
      persona: watch(simulator.persona, 'share token', ({ data }) => data?.id),
      sumsub: watch(simulator.sumsub, 'share token', ({ token }) => token),
    },
    secrets,
  };
}

/** The parts of the services' answers that hold a secret. */
interface Body {
  readonly key?: unknown;
  readonly data?: { readonly id?: unknown };
  readonly token?: unknown;
}
