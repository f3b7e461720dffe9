import { connect } from 'node:net';

/** An answer, read off the wire. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** @param name in lower case */
  header(name: string): string | undefined;
}

/** One keep-alive connection that carries one request at a time. */
export interface Connection {
  ask(method: 'GET' | 'POST', path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer>;
  close(): void;
}

/**
 * Opens a connection to this machine. Far cheaper than `fetch`: what asks must not be slower than what answers. It reads
 * only what the bench's servers send: a body with a length, in ASCII.
 */
export function connectTo(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let text = '';
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    text += chunk as unknown as string;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = text.slice(0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (text.length < end + 4 + length) return;
    const body = text.slice(end + 4, end + 4 + length);
    text = text.slice(end + 4 + length);
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.({
      status: Number(head.slice(9, 12)),
      body,
      header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim(),
    });
  });
  const fail = () => {
    waiting?.reject(new Error('The connection was closed.'));
    waiting = undefined;
  };
  socket.on('error', fail).on('close', fail);

  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        ask: (method, path, headers, body) =>
          new Promise((resolve, reject) => {
            if (socket.destroyed) return reject(new Error('The connection is closed.'));
            waiting = { resolve, reject };
            const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
            const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
            socket.write(
              `${method} ${path} HTTP/1.1\r\nhost: shop.test\r\n${lines.join('')}${length}\r\n${body ?? ''}`,
            );
          }),
        close: () => socket.destroy(),
      }),
    );
  });
}
