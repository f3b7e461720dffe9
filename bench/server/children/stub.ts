import { type AddressInfo, createServer } from 'node:net';
import { applicantIdFor, createSimulator, userKeyOf } from '../../../simulator';
import { answerParent } from './answerParent';
import { keys } from './simulatorKeys';
import { sumsubRequest } from './sumsubRequest';

/**
 * Coinflow and Sumsub where the real simulator would take the CPU that is measured: answers with the simulator's own
 * bytes, recorded from it at the start, over a bare socket. It knows who has a record, and checks nothing.
 */
const recorded = await record();
const readable = new Set<string>();

function answerTo(head: string): string {
  const [method, path = ''] = head.split(' ', 2);
  if (path.startsWith('/control/readable/')) {
    readable.add(path.slice('/control/readable/'.length));
    return recorded.done;
  }
  if (path.endsWith('/shareToken')) return recorded.token;
  if (path.endsWith('/session-key')) return recorded.sessionKey;
  const userId = /^x-coinflow-auth-user-id: (.*)$/im.exec(head)?.[1]?.trim() ?? '';
  if (method === 'POST') {
    readable.add(userId);
    return recorded.registered;
  }
  // Users who return have a record from the start.
  return userId.startsWith('returning-') || readable.has(userId) ? recorded.record : recorded.absent;
}

async function record() {
  const { coinflow, sumsub } = createSimulator();
  const ask = (path: string, body?: object) =>
    coinflow(
      new Request(`http://localhost/api${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: keys.coinflow,
          'x-coinflow-auth-user-id': 'u1',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  const absent = await ask('/withdraw');
  const minted = await sumsub(sumsubRequest('http://localhost', applicantIdFor(userKeyOf('u1'))));
  const { token: shareToken } = (await minted.clone().json()) as { token: string };
  const contact = { email: 'u1@example.com', country: 'US' };
  const registered = await ask('/withdraw/kyc/share-token', { vendor: 'sumsub', shareToken, ...contact });
  return {
    absent: await wireOf(absent),
    token: await wireOf(minted),
    registered: await wireOf(registered),
    record: await wireOf(await ask('/withdraw')),
    sessionKey: await wireOf(await ask('/auth/session-key')),
    done: await wireOf(Response.json({})),
  };
}

async function wireOf(response: Response): Promise<string> {
  const body = await response.text();
  const type = response.headers.get('content-type') ?? 'application/json';
  return `HTTP/1.1 ${response.status} Told\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const server = createServer({ noDelay: true }, (socket) => {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    text += chunk as unknown as string;
    for (;;) {
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = text.slice(0, end);
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      text = text.slice(end + 4 + length);
      socket.write(answerTo(head));
    }
  });
});

server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  answerParent({}, (server.address() as AddressInfo).port),
);
