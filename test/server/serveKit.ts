import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { closeServer, serveOn } from '../../simulator';
import {
  createKycReuseHandler,
  type KitError,
  type KycReuseHandlerOptions,
  personaShareTokens,
} from '../../src/server';

/** What a server that speaks raw TCP does with a request, once its head and body are there. */
export type RawAnswer = (
  socket: Socket,
  request: { readonly path: string; readonly userId: string; readonly body: string },
) => unknown;

/** A server that may answer anything, or nothing. Closed with the test. */
export async function serveRaw(answer: RawAnswer): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const [head = '', body] = text.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || Buffer.byteLength(body) < length) return;
      text = '';
      answer(socket, {
        path: head.split(' ')[1] ?? '',
        userId: /auth-user-id: (.*)/i.exec(head)?.[1]?.trim() ?? '',
        body,
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return close(server);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A whole JSON answer, as bytes; the connection goes on. */
export function jsonBytes(status: number, body: unknown): string {
  const text = JSON.stringify(body);
  return `HTTP/1.1 ${status} Told\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/**
 * The kit on a Node server, over upstreams on real HTTP. The signed-in user is whoever the `x-test-user` header names; Persona inquiries are named after users.
 * Closed with the test.
 */
export async function serveKit(
  urls: { readonly coinflow: string; readonly persona: string },
  options: Partial<KycReuseHandlerOptions> = {},
  timeoutMs = 5_000,
) {
  const errors: KitError[] = [];
  const handle = createKycReuseHandler({
    coinflow: { apiKey: 'coinflow_simulated_key', baseUrl: `${urls.coinflow}/api`, timeoutMs },
    authenticate: (request) => {
      const userId = request.headers.get('x-test-user');
      return userId ? { userId, email: `${userId}@example.com` } : null;
    },
    shareTokens: personaShareTokens({
      apiKey: 'persona_simulated_key',
      connectionId: 'cxn_simulated',
      inquiryId: ({ userId = '' }) => `inq_${Buffer.from(`user:${userId}`).toString('base64url')}`,
      baseUrl: `${urls.persona}/api/v1`,
      timeoutMs,
    }),
    onError: (error) => errors.push(error),
    ...options,
  });
  const server = await serveOn(handle, 0, 'the kit');
  onTestFinished(() => closeServer(server));
  const { port } = server.address() as AddressInfo;
  const ask = (userId: string, init: RequestInit = {}, query = '') =>
    fetch(`http://127.0.0.1:${port}/api/kyc?subject=${userId}${query}`, {
      ...init,
      headers: { 'x-test-user': userId, ...(init.headers as Record<string, string> | undefined) },
    });
  return {
    port,
    /** What went to `onError`. */
    errors,
    get: ask,
    post: (userId: string, init: RequestInit = {}) =>
      ask(userId, {
        method: 'POST',
        body: '{}',
        ...init,
        headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) },
      }),
    sessionKey: (userId: string) => ask(userId, {}, '&session=1'),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
