import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askUpstream } from '../../src/server/upstream';
import { jsonBytes, serveKit, serveRaw } from './serveKit';

const withdrawer = { verification: { status: 'approved', vendor: 'persona' } };
const long = (bytes: number) => JSON.stringify({ withdrawer, more: 'x'.repeat(bytes) });
const head = (fields: string) => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${fields}\r\n\r\n`;

/** Sends something over and over until the other side has enough. */
function keepSending(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(text), everyMs);
  socket.on('close', () => clearInterval(timer));
}

const bomb = gzipSync(long(50_000_000));

const faults: readonly (readonly [
  name: string,
  answer: (socket: Socket) => unknown,
  onRead: string,
  onRegister: string | undefined,
])[] = [
  ['resets before an answer', (socket) => socket.resetAndDestroy(), 'upstreamUnreachable', 'upstreamUnreachable'],
  ['closes before an answer', (socket) => socket.end(), 'upstreamUnreachable', 'upstreamUnreachable'],
  [
    'resets in the middle of a body',
    (socket) =>
      socket.write(`${head('content-length: 500')}{"withdrawer":`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      ),
    'upstreamUnreachable',
    'upstreamUnreachable',
  ],
  [
    'closes in the middle of a body',
    (socket) => socket.end(`${head('content-length: 500')}{"withdrawer":`),
    'upstreamUnreachable',
    'upstreamUnreachable',
  ],
  [
    'speaks something else than HTTP',
    (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    'upstreamUnreachable',
    'upstreamUnreachable',
  ],
  ['never answers', () => {}, 'upstreamTimeout', 'upstreamTimeout'],
  [
    'lets its headers drip',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      keepSending(socket, 'x-more: 1\r\n', 20);
    },
    'upstreamTimeout',
    'upstreamTimeout',
  ],
  [
    'lets its body drip',
    (socket) => {
      socket.write(`${head('content-length: 100000')}{"withdrawer":`);
      keepSending(socket, ' ', 20);
    },
    'upstreamTimeout',
    'upstreamTimeout',
  ],
  // A 2xx has used the token up, whatever the body looks like: a GET tells the rest.
  [
    'sends 3 MB',
    (socket) => socket.end(`${head('connection: close')}${long(3_000_000)}`),
    'upstreamMalformed',
    undefined,
  ],
  [
    'sends without end',
    (socket) => {
      socket.write(`${head('connection: close')}{"withdrawer":"`);
      keepSending(socket, 'x'.repeat(300_000), 5);
    },
    'upstreamMalformed',
    undefined,
  ],
  [
    'sends 50 MB packed into a few kB',
    (socket) =>
      socket.end(Buffer.concat([Buffer.from(head(`content-encoding: gzip\r\ncontent-length: ${bomb.length}`)), bomb])),
    'upstreamMalformed',
    undefined,
  ],
  [
    'sends a page',
    (socket) => socket.end(`${head('connection: close').replace('application/json', 'text/html')}<!doctype html>`),
    'upstreamMalformed',
    undefined,
  ],
  [
    'sends half of a JSON text',
    (socket) => socket.end(`${head('connection: close')}{"withdrawer":{"verification":{"status":"approved"`),
    'upstreamMalformed',
    undefined,
  ],
  [
    'sends another shape',
    (socket) => socket.write(jsonBytes(200, { withdrawer: [withdrawer] })),
    'upstreamMalformed',
    undefined,
  ],
];

/** The code of an answer, and whether it says that the token was not used. */
async function told(response: Response) {
  const { error } = (await response.json()) as { error?: { code: string; notSent?: boolean } };
  return error && [error.code, error.notSent ?? false];
}

const goodToken = (socket: Socket) => socket.write(jsonBytes(201, { data: { id: 'cnst_1' } }));

describe('over real HTTP, when Coinflow', () => {
  it.each(faults)(
    '%s, a read and a registration are answered in the contract, and the next ones are as good as ever',
    async (_, fault, onRead, onRegister) => {
      let isBroken = true;
      let isRegistering = false;
      const coinflow = await serveRaw((socket, { path }) => {
        if (isRegistering && !path.endsWith('/share-token')) return socket.write(jsonBytes(404, {}));
        return isBroken ? fault(socket) : socket.write(jsonBytes(200, { withdrawer }));
      });
      const { get, post } = await serveKit({ coinflow, persona: await serveRaw(goodToken) }, {}, 700);
      expect(await told(await get('u1'))).toEqual([onRead, false]);
      // A read that fails proves that nothing was sent.
      expect(await told(await post('u1'))).toEqual([onRead, true]);
      isRegistering = true;
      const registered = await post('u1');
      expect(registered.status).toBe(onRegister ? 503 : 202);
      // What was sent may have been used: never `notSent`.
      expect(await told(registered)).toEqual(onRegister && [onRegister, false]);
      isBroken = false;
      isRegistering = false;
      expect((await get('u1')).status).toBe(200);
      expect((await post('u2')).status).toBe(200);
      // A registration whose outcome is unknown stands for the grace period, one that was taken for a minute: neither costs a second token.
      expect((await post('u1')).status).toBe(onRegister ? registered.status : 202);
    },
  );

  it('redirects, nobody goes there: neither the key nor the token is carried elsewhere', async () => {
    let visits = 0;
    const elsewhere = await serveRaw((socket) => {
      visits++;
      socket.write(jsonBytes(200, { withdrawer }));
    });
    for (const status of [301, 302, 303, 307, 308]) {
      let isRegistering = false;
      const coinflow = await serveRaw((socket, { path }) =>
        socket.write(
          path.endsWith('/share-token') || !isRegistering
            ? `HTTP/1.1 ${status} Moved\r\nlocation: ${elsewhere}/api/withdraw\r\ncontent-length: 0\r\n\r\n`
            : jsonBytes(404, {}),
        ),
      );
      const { get, post } = await serveKit({ coinflow, persona: await serveRaw(goodToken) });
      expect(await told(await get('u1'))).toEqual(['upstreamFailed', false]);
      isRegistering = true;
      expect(await told(await post('u1'))).toEqual(['upstreamFailed', false]);
    }
    expect(visits).toBe(0);
  });

  it('sends without end, the kit hangs up', async () => {
    let hangsUp: (event: string) => void;
    const hungUp = new Promise((resolve) => (hangsUp = resolve));
    const coinflow = await serveRaw((socket) => {
      socket.on('close', () => hangsUp('the kit hung up'));
      socket.write(`${head('connection: close')}{"withdrawer":"`);
      keepSending(socket, 'x'.repeat(300_000), 5);
    });
    const { get } = await serveKit({ coinflow, persona: coinflow });
    expect(await told(await get('u1'))).toEqual(['upstreamMalformed', false]);
    expect(await hungUp).toBe('the kit hung up');
  });
});

describe('over real HTTP, when Persona', () => {
  it.each(faults)('%s, it is `tokenUnavailable`, not sent, and nothing is registered', async (_, fault) => {
    let isBroken = true;
    let asked = 0;
    const coinflow = await serveRaw((socket, { path }) => {
      if (!path.endsWith('/share-token')) return socket.write(jsonBytes(404, {}));
      asked++;
      return socket.write(jsonBytes(200, { withdrawer }));
    });
    const persona = await serveRaw((socket) => (isBroken ? fault(socket) : goodToken(socket)));
    const { post } = await serveKit({ coinflow, persona }, {}, 700);
    expect(await told(await post('u1'))).toEqual(['tokenUnavailable', true]);
    expect(asked).toBe(0);
    isBroken = false;
    expect((await post('u1')).status).toBe(200);
  });
});

it('the global `fetch` makes its one request itself, which follows no redirect and is cached by no framework', async () => {
  const asked = vi.fn<typeof fetch>(() => Promise.resolve(Response.json({})));
  vi.stubGlobal('fetch', asked);
  onTestFinished(() => void vi.unstubAllGlobals());
  await askUpstream('https://coinflow.test/api/withdraw', { headers: { accept: 'a' } }, { timeoutMs: 1_000 });
  const [url, init] = asked.mock.calls[0] ?? [];
  expect(url).toBe('https://coinflow.test/api/withdraw');
  expect(init).toMatchObject({ headers: { accept: 'a' }, redirect: 'manual', cache: 'no-store' });
});
