import type { Scenario } from '../../simulator';
import type { KycUser } from '../../src/server';
import type { Vendor } from '../contract/DemoApi';
import type { Connection } from './createNetwork';

/** Somebody who is signed in at the merchant's. */
export interface Session {
  readonly user: KycUser & { readonly userId: string; readonly email: string };
  readonly scenario: Scenario;
  readonly vendor: Vendor;
  readonly connection: Connection;
  /** Wall clock, ms. */
  readonly startedAt: number;
}

/** The merchant's sessions, by cookie. */
export interface Sessions {
  /** @returns the value of a `Set-Cookie` header */
  start(session: Session): string;
  of(request: Request): Session | undefined;
}

const cookieName = 'lumen_session';

/** Oldest sessions end beyond this many. */
const maxSessions = 200;

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  return {
    start(session) {
      const id = crypto.randomUUID();
      sessions.set(id, session);
      const [oldest] = sessions.keys();
      if (sessions.size > maxSessions && oldest !== undefined) sessions.delete(oldest);
      return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`;
    },
    of(request) {
      const id = new RegExp(`(?:^|; )${cookieName}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
      return id === undefined ? undefined : sessions.get(id);
    },
  };
}
