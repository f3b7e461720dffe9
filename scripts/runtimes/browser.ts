import { connect } from 'node:net';

/** What an app answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** From sending the request to the end of the answer. */
  readonly tookMs: number;
}

/** What is asked. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Behind `?subject=…`. */
  readonly query?: string;
}

/** Speaks to one running app over HTTP, as a gate in a browser does. */
export interface Browser {
  /** Nobody is signed in without a user. @throws {Error} no answer in time */
  ask(userId: string | undefined, asked?: Asked): Promise<Answer>;
  /** What the gate posts. */
  post(userId: string, headers?: Readonly<Record<string, string>>, body?: string): Promise<Answer>;
  /** Sends a GET, a POST, or a POST with half of its body, and resets the connection 150 ms later. */
  leave(userId: string, after: 'GET' | 'POST' | 'half a POST'): Promise<void>;
  /** Every answer so far, headers included, without the session keys. */
  readonly heard: readonly string[];
}

/** Longest wait for an answer, in ms: the gate's own limit. */
const longestMs = 30_000;

/** @param url of the endpoint */
export function openBrowser(url: string): Browser {
  const heard: string[] = [];
  const { hostname, port, host, pathname } = new URL(url);

  async function ask(userId: string | undefined, { query = '', headers, ...init }: Asked = {}): Promise<Answer> {
    const sentAt = performance.now();
    const response = await fetch(`${url}?subject=${userId ?? 'nobody'}${query}`, {
      ...init,
      signal: AbortSignal.timeout(longestMs),
      headers: { ...(userId !== undefined && { 'x-test-user': userId }), ...headers },
    });
    const text = await response.text();
    if (query === '') heard.push(text, JSON.stringify([...response.headers]));
    return { status: response.status, headers: response.headers, text, tookMs: performance.now() - sentAt };
  }

  return {
    ask,
    heard,
    post: (userId, headers, body = '{}') =>
      ask(userId, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),
    leave: (userId, after) =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            [
              `${after === 'GET' ? 'GET' : 'POST'} ${pathname}?subject=${userId} HTTP/1.1`,
              `host: ${host}`,
              `x-test-user: ${userId}`,
              'prefer: wait=8',
              ...(after === 'GET' ? [] : ['content-type: application/json', 'content-length: 2']),
              '',
              { GET: '', POST: '{}', 'half a POST': '{' }[after],
            ].join('\r\n'),
          );
          setTimeout(() => {
            socket.resetAndDestroy();
            resolve();
          }, 150);
        });
        socket.once('error', reject);
      }),
  };
}
