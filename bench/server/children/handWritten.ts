import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeListener } from 'kyc-reuse-gate/server';
import { applicantIdFor, userKeyOf } from '../../../simulator/userKeys';
import { answerParent, optionsFromParent } from './answerParent';
import type { KitOptions } from './kit';
import { cpuMs, usageNow } from './memory';
import { signedIn } from './session';
import { keys } from './simulatorKeys';
import { sumsubRequest } from './sumsubRequest';

/** Where Coinflow and Sumsub are. */
export interface HandWrittenOptions extends Pick<KitOptions, 'coinflow' | 'sumsub'> {
  /** Behind the kit's own `createNodeListener`, to tell what the Fetch API alone costs. @default false: bare `node:http` */
  readonly isFetchHandler?: boolean;
}

/**
 * The same contract as a merchant would write it by hand: who is signed in, one fetch with a time limit for each thing
 * asked, Coinflow's answer trimmed. It holds nothing, remembers nothing and limits nothing.
 */
const { coinflow, sumsub, isFetchHandler = false } = optionsFromParent() as HandWrittenOptions;
const base = `${coinflow}/api`;
const timeoutMs = 10_000;

type User = NonNullable<ReturnType<typeof signedIn>>;

/** What of a request matters, from either kind of server. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string;
  header(name: string): string | undefined;
  body(): Promise<string>;
}

type Answer = readonly [status: number, body: object];

interface CoinflowAnswer {
  withdrawer?: { verification: Verification; availability?: { status: string }; watchlistExempt?: string };
  verification?: Verification;
  verificationLink?: string;
  rejectionReasons?: string[];
  message?: string;
}

interface Verification {
  status: string;
  attested?: boolean;
  vendor?: string;
}

async function answer({ method, url, header, body }: Asked): Promise<Answer> {
  const user = signedIn(header('cookie'));
  if (!user) return [401, { error: { code: 'unauthenticated' } }];
  const { searchParams } = new URL(url, 'http://localhost');
  if (searchParams.get('subject') !== user.userId) return [409, { error: { code: 'subjectMismatch' } }];
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return [403, { error: { code: 'crossSite' } }];
  if (method === 'POST') {
    if (header('content-type') !== 'application/json') return [415, {}];
    JSON.parse(await body());
    return register(user);
  }
  if (method !== 'GET') return [405, {}];
  if (searchParams.get('session') === '1') {
    const asked = await ask('/auth/session-key', user);
    const { key } = (await asked.json()) as { key?: string };
    return key === undefined ? [503, {}] : [200, { sessionKey: key }];
  }
  return trimmed(await ask('/withdraw', user));
}

async function register(user: User): Promise<Answer> {
  const shareToken = await mint(user);
  const body = JSON.stringify({ vendor: 'sumsub', shareToken, email: user.email, country: user.country });
  return trimmed(await ask('/withdraw/kyc/share-token', user, body));
}

async function mint(user: User): Promise<string> {
  const request = sumsubRequest(sumsub, applicantIdFor(userKeyOf(user.userId)));
  const answer = await fetch(request, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`Sumsub answered ${answer.status}.`);
  return ((await answer.json()) as { token: string }).token;
}

function ask(path: string, { userId }: User, body?: string): Promise<Response> {
  return fetch(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      authorization: keys.coinflow,
      'x-coinflow-auth-user-id': userId,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** Coinflow's answer, without what has no business in a browser. */
async function trimmed(answer: Response): Promise<Answer> {
  const { status } = answer;
  const body = (await answer.json()) as CoinflowAnswer;
  if ((status === 401 || status === 404) && /no withdrawer associated/i.test(body.message ?? ''))
    return [200, { withdrawer: null }];
  if ((status !== 200 && status !== 451) || !body.withdrawer) return [status === 429 ? 429 : 503, {}];
  const { withdrawer, verificationLink, rejectionReasons } = body;
  const { status: standing, attested = false, vendor } = body.verification ?? withdrawer.verification;
  const verification = { status: standing, attested, vendor };
  return [
    status,
    {
      withdrawer: {
        verification,
        ...(withdrawer.availability && { availability: { status: withdrawer.availability.status } }),
        ...(withdrawer.watchlistExempt !== undefined && { watchlistExempt: withdrawer.watchlistExempt }),
      },
      ...(status === 451 && { verification, verificationLink, rejectionReasons }),
    },
  ];
}

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'Origin, Cookie, Authorization',
};

/** As most would: Node's own request and response. */
async function onNode(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked: Asked = {
    method: request.method,
    url: request.url ?? '/',
    header: (name) => request.headers[name] as string | undefined,
    async body() {
      let text = '';
      for await (const chunk of request) {
        text += String(chunk);
        if (text.length > 64 * 1024) throw new Error('Too long.');
      }
      return text;
    },
  };
  const [status, body] = await answered(asked);
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

async function onFetch(request: Request): Promise<Response> {
  const { method, url } = request;
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const [status, body] = await answered({ method, url, header, body: () => request.text() });
  return new Response(JSON.stringify(body), { status, headers });
}

function answered(asked: Asked): Promise<Answer> {
  return answer(asked).catch((): Answer => [503, { error: { code: 'upstreamFailed' } }]);
}

const listener = isFetchHandler ? createNodeListener(onFetch) : onNode;
const server = createServer((request, response) => void listener(request, response));
server.keepAliveTimeout = 60_000;

const commands = { usage: usageNow, cpuMs };
export type HandWrittenCommands = typeof commands;

server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  answerParent(commands, (server.address() as AddressInfo).port),
);
