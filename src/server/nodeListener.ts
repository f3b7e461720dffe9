import { maxRequestBytes } from '../contract/limits';

/**
 * The part of Node's `IncomingMessage` that the listener uses, plus what Express adds to it. Written out, so that the
 * types of this entry don't depend on Node's.
 */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the path before a router took its part off. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket: object;
  /** The body as it was sent, where a parser kept it: `express.json({ verify: (req, _res, raw) => { req.rawBody = raw; } })`. */
  readonly rawBody?: unknown;
  /** What a body parser made of the body. */
  readonly body?: unknown;
  readonly readableDidRead: boolean;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** The part of Node's `ServerResponse` that the listener uses. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableFinished: boolean;
  on(event: 'close', listener: () => void): unknown;
  setHeader(name: string, value: string): unknown;
  end(body?: Uint8Array): unknown;
}

/**
 * Turns a handler of this kit into a listener for Node's `http`, or into an Express handler. A browser that leaves
 * aborts `request.signal`.
 *
 * ```ts
 * createServer(createNodeListener(kyc)).listen(3000); // node:http
 * app.all('/api/kyc', createNodeListener(kyc)); // Express, before or after `express.json()`
 * ```
 *
 * After a body parser it takes what the parser left in `request.rawBody` or `request.body`. A parsed body is written as
 * JSON again, which is enough for `createKycReuseHandler`. A signature needs the bytes that were sent. Where a framework keeps the parsed body
 * elsewhere, put it there. In Fastify:
 *
 * ```ts
 * app.all('/api/kyc', (request, reply) => {
 *   reply.hijack();
 *   return listener(Object.assign(request.raw, { body: request.body }), reply.raw);
 * });
 * ```
 *
 * @returns a listener that settles once the answer has been written, and never rejects
 */
export function createNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    const abort = new AbortController();
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) abort.abort();
    });
    const response = await answerOf(handler, incoming, abort.signal);
    const body = new Uint8Array(await response.arrayBuffer());
    // Somebody else may have answered meanwhile: a middleware with a time limit.
    if (abort.signal.aborted || outgoing.headersSent) return;
    outgoing.statusCode = response.status;
    response.headers.forEach((value, name) => outgoing.setHeader(name, value));
    outgoing.end(body);
  };
}

async function answerOf(
  handler: (request: Request) => Response | Promise<Response>,
  incoming: NodeRequest,
  signal: AbortSignal,
): Promise<Response> {
  let request: Request;
  try {
    request = requestOf(incoming, signal);
  } catch {
    // A host or a path that is no URL, or a method that Fetch forbids.
    return new Response(null, { status: 400 });
  }
  try {
    return await handler(request);
  } catch {
    return new Response(null, { status: 500 });
  }
}

/** @throws {TypeError} the request can't be expressed as a Fetch API one */
function requestOf(incoming: NodeRequest, signal: AbortSignal): Request {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(incoming.headers)) {
    // HTTP/2 has `:path` and the like, which are no headers.
    if (name.startsWith(':') || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.push([name, one]);
  }
  const host = String(incoming.headers.host ?? incoming.headers[':authority'] ?? 'localhost');
  const path = incoming.originalUrl ?? incoming.url ?? '/';
  const scheme = 'encrypted' in incoming.socket && incoming.socket.encrypted ? 'https' : 'http';
  const { method = 'GET' } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(incoming);
  return new Request(path.startsWith('/') ? `${scheme}://${host}${path}` : path, {
    method,
    headers,
    signal,
    ...(body !== undefined && { body }),
    // Node requires it for streams; TypeScript's DOM types don't know it.
    ...({ duplex: 'half' } as object),
  });
}

/** The parsed body where a parser has read the stream, the stream otherwise. */
function bodyOf(incoming: NodeRequest): BodyInit | undefined {
  const { body, rawBody } = incoming;
  if (!incoming.readableDidRead) return streamOf(incoming);
  if (rawBody instanceof Uint8Array) return Uint8Array.from(rawBody);
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  // `express.raw()`. A `Buffer` may lie on shared memory, which Fetch doesn't take.
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
}

function streamOf(incoming: NodeRequest): ReadableStream<Uint8Array> {
  let isOver = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const finish = (end: () => void) => {
          if (!isOver) end();
          isOver = true;
        };
        incoming.on('data', (chunk) => {
          if (isOver) return;
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        incoming.on('end', () => finish(() => controller.close()));
        incoming.on('error', (error) => finish(() => controller.error(error)));
        incoming.on('close', () => finish(() => controller.error(new TypeError('The connection was closed.'))));
      },
      pull: () => void incoming.resume(),
      // Read the rest and drop it: closing the connection would take the answer with it.
      cancel: () => {
        isOver = true;
        incoming.resume();
      },
    },
    { highWaterMark: maxRequestBytes, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}
