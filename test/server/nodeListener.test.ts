import { createServer, type IncomingMessage, request as rawRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createNodeListener } from '../../src/server';
import { openForNewcomer } from './openKit';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Serves a listener on a free port until the test is over. */
async function serve(listener: Listener): Promise<string> {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What `express.json()`, `express.text()` and `express.raw()` do before the next handler. */
const parsedBy =
  (parse: (bytes: Buffer) => unknown, next: Listener): Listener =>
  async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return next(Object.assign(request, { body: parse(Buffer.concat(chunks)) }), response);
  };

/** Something that a test waits for. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

const token = { vendor: 'persona', shareToken: 'mine' };
const post = (url: string, body: BodyInit = JSON.stringify(token)) =>
  fetch(`${url}/api/kyc?subject=u1`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

/** A kit that takes the browser's tokens, and which of them reached Coinflow. */
function openShop() {
  const kit = openForNewcomer(undefined, { browserTokens: { verify: () => true } });
  const registered = async () => ((await kit.asked[0]?.json()) as { shareToken?: string } | undefined)?.shareToken;
  return { ...kit, registered };
}

describe('on Node’s `http`', () => {
  it.each<[string, (listener: Listener) => Listener]>([
    ['nothing', (listener) => listener],
    ['a parser of JSON', (listener) => parsedBy((bytes) => JSON.parse(bytes.toString()) as unknown, listener)],
    ['a parser of text', (listener) => parsedBy((bytes) => bytes.toString(), listener)],
    ['a parser of bytes', (listener) => parsedBy((bytes) => bytes, listener)],
  ])('the browser’s token reaches Coinflow with %s before the handler', async (_, before) => {
    const { handle, registered } = openShop();
    expect((await post(await serve(before(createNodeListener(handle))))).status).toBe(200);
    expect(await registered()).toBe('mine');
  });

  it('the handler gets the bytes that were sent where a parser kept them, as signatures need', async () => {
    const sent = '{ "spaced":  1.0 }';
    const listener = createNodeListener(async (request) => new Response(await request.text()));
    const url = await serve(
      parsedBy(
        (bytes) => JSON.parse(bytes.toString()) as unknown,
        (request, response) => listener(Object.assign(request, { rawBody: Buffer.from(sent) }), response),
      ),
    );
    expect(await (await post(url, sent)).text()).toBe(sent);
  });

  it('a parser that keeps the body to itself is told of, and no other token is minted instead', async () => {
    const { handle, asked, errors } = openShop();
    const listener = parsedBy(() => undefined, createNodeListener(handle));
    const response = await post(await serve(listener));
    expect(await response.json()).toMatchObject({ error: { code: 'bodyConsumed', notSent: true } });
    expect(errors).toMatchObject([{ code: 'bodyConsumed' }]);
    expect(asked).toEqual([]);
  });

  it('the handler sees method, address and headers as they were sent, and its answer arrives whole', async () => {
    const seen = vi.fn<(request: Request) => void>();
    const listener = createNodeListener((request) => {
      seen(request);
      return new Response('told', { status: 451, headers: { 'x-told': 'yes' } });
    });
    const url = await serve((request, response) => {
      // Express: a router took its part off the path.
      Object.assign(request, { originalUrl: request.url, url: '/' });
      response.setHeader('x-before', 'kept');
      return listener(request, response);
    });
    const response = await fetch(`${url}/api/kyc?subject=%C3%BC`, { headers: { prefer: 'wait=8' } });
    expect([response.status, await response.text()]).toEqual([451, 'told']);
    expect([response.headers.get('x-told'), response.headers.get('x-before')]).toEqual(['yes', 'kept']);
    const request = seen.mock.calls[0]?.[0];
    expect([request?.method, request?.url]).toEqual(['GET', `${url}/api/kyc?subject=%C3%BC`]);
    expect(request?.headers.get('prefer')).toBe('wait=8');
  });

  it('a body that is too long is answered, not cut off', async () => {
    const { handle } = openShop();
    const response = await post(
      await serve(createNodeListener(handle)),
      JSON.stringify({ more: 'x'.repeat(1_000_000) }),
    );
    expect(response.status).toBe(413);
  });

  it('a HEAD has no body', async () => {
    const { handle } = openShop();
    const response = await fetch(`${await serve(createNodeListener(handle))}/api/kyc?subject=u1`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('a browser that leaves aborts the request’s signal', async () => {
    const gone = signal();
    const arrived = signal();
    const listener = createNodeListener(async ({ signal }) => {
      signal.addEventListener('abort', () => gone.give());
      arrived.give();
      await gone.given;
      return new Response('late');
    });
    const done = signal();
    const url = await serve((request, response) => listener(request, response).then(done.give, done.give));
    const abort = new AbortController();
    const answer = fetch(url, { signal: abort.signal }).catch(() => 'left');
    await arrived.given;
    abort.abort();
    expect(await answer).toBe('left');
    await gone.given;
    await done.given;
  });

  it('a body that is cut off is a failure, never an empty body', async () => {
    const { handle, asked, authenticate } = openShop();
    const done = signal();
    const listener = createNodeListener(handle);
    const url = await serve((request, response) => listener(request, response).then(done.give, done.give));
    const sent = rawRequest(`${url}/api/kyc?subject=u1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '100' },
    });
    sent.on('error', () => {});
    sent.write('{"vendor":');
    await vi.waitFor(() => expect(authenticate).toHaveBeenCalled());
    sent.destroy();
    await done.given;
    expect(asked).toEqual([]);
  });

  it('a handler that throws, and an address that is none, are answered without details', async () => {
    const url = await serve(
      createNodeListener(() => {
        throw new Error('SECRET');
      }),
    );
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([500, '']);
    const odd = await new Promise<number | undefined>((resolve, reject) => {
      rawRequest(url, { headers: { host: 'no host' } }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(odd).toBe(400);
  });

  it('an answer that somebody else has given meanwhile stands', async () => {
    const listener = createNodeListener(() => new Response('second'));
    const url = await serve((request, response) => {
      response.writeHead(503).end('first');
      return listener(request, response);
    });
    expect(await (await fetch(url)).text()).toBe('first');
  });
});
