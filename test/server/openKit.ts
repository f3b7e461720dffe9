import { vi } from 'vitest';
import { createKycReuseHandler, type KitError, type KycReuseHandlerOptions, type MintContext } from '../../src/server';

/** What a scripted Coinflow answers. */
export type Upstream = (request: Request) => Response | Promise<Response>;

/** The signed-in user. Every secret of these tests holds this word, so that one look finds any of them. */
export const user = { userId: 'u1', email: 'SECRET-email@example.com', country: 'US' };

/** A record as Coinflow gives it, with everything that has no business in a browser. */
export const withdrawer = {
  email: user.email,
  wallet: 'SECRET-wallet',
  bankAccounts: [{ token: 'SECRET-bank' }],
  verification: {
    status: 'approved',
    vendor: 'persona',
    shareToken: 'SECRET-token',
    sessionToken: 'SECRET-session-token',
  },
};

let mints = 0;

/** Mints as vendors do: a new token each time. */
export const mint = () => ({ vendor: 'persona', shareToken: `SECRET-token-${++mints}`, email: user.email }) as const;

/** What the kit tells a function that mints. */
export const mintContext = () =>
  ({ attemptId: 'attempt-1', signal: new AbortController().signal, leftMs: 10_000 }) as const satisfies MintContext;

export interface KitOptions extends Partial<KycReuseHandlerOptions> {
  /** How long the kit waits for Coinflow. @default 60 */
  readonly timeoutMs?: number;
}

/** A kit over a scripted Coinflow, with everything it asks and reports. */
export function openKit(coinflow: Upstream = json(200, { withdrawer }), { timeoutMs = 60, ...over }: KitOptions = {}) {
  const asked: Request[] = [];
  const errors: KitError[] = [];
  const authenticate = vi.fn<KycReuseHandlerOptions['authenticate']>(over.authenticate ?? (() => user));
  const handle = createKycReuseHandler({
    coinflow: {
      apiKey: 'SECRET-coinflow-key',
      baseUrl: 'https://coinflow.test/api',
      timeoutMs,
      fetch: async (request) => {
        asked.push(request.clone());
        return coinflow(request);
      },
    },
    shareTokens: mint,
    onError: (error) => errors.push(error),
    ...over,
    authenticate,
  });
  const send = (method: string, { query = '?subject=u1', ...init }: RequestInit & { query?: string } = {}) =>
    handle(new Request(`https://shop.test/api/kyc${query}`, { method, ...init }));
  return {
    asked,
    errors,
    authenticate,
    handle,
    send,
    get: (query?: string, init: RequestInit = {}) => send('GET', { ...init, ...(query !== undefined && { query }) }),
    post: (body: BodyInit = '{}', headers: Record<string, string> = {}, init: RequestInit = {}) =>
      send('POST', { ...init, body, headers: { 'content-type': 'application/json', ...headers } }),
  };
}

/** Always the same JSON answer. */
export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Upstream =>
  () =>
    Response.json(body, { status, headers });

export const silence: Upstream = () => new Promise<Response>(() => {});
export const dropped: Upstream = () => Promise.reject(new TypeError('fetch failed'));

/** The code of an error answer. */
export async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { error?: { code?: string } }).error?.code;
}

/** A Coinflow that knows no record of the user when a registration looks, and answers everything else by `upstream`. */
export const onRegister =
  (upstream: Upstream): Upstream =>
  (request) =>
    request.method === 'GET' && new URL(request.url).pathname.endsWith('/withdraw')
      ? Response.json({}, { status: 404 })
      : upstream(request);

/**
 * A kit whose user has no record before each registration. `asked` leaves the looks before registrations out.
 *
 * @param coinflow what Coinflow answers to everything else
 */
export function openForNewcomer(coinflow: Upstream = json(200, { withdrawer }), over: KitOptions = {}) {
  const asked: Request[] = [];
  const kit = openKit(
    onRegister((request) => {
      asked.push(request.clone());
      return coinflow(request);
    }),
    over,
  );
  return { ...kit, asked };
}

/** The real one: tests fake the timers after this module has loaded. */
const nextTick = globalThis.setImmediate;

/** Lets time pass by fake timers, and everything that happens in it: bodies are read on ticks of their own. */
export async function after(ms: number): Promise<void> {
  await settle();
  // In steps: a jump would run later timers before an answer's body is read.
  for (let leftMs = ms; leftMs > 0; leftMs -= 50) {
    await vi.advanceTimersByTimeAsync(Math.min(leftMs, 50));
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) {
    await new Promise<void>((resolve) => nextTick(resolve));
    await vi.advanceTimersByTimeAsync(0);
  }
}
