import { inTime, readText } from '../contract/bounded';
import { maxRequestBytes } from '../contract/limits';
import { allowedMethods, KitError, kitErrors } from './answers';

/** Checks the option when the server starts. @throws {TypeError} an entry isn't an origin; the message names it */
export function checkOrigins(allowedOrigins: readonly string[]): void {
  for (const origin of allowedOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new TypeError(
        `kyc-reuse-gate: \`allowedOrigins\` contains ${JSON.stringify(origin)}, which is not an origin. Pass one like "https://shop.example", without a path.`,
      );
    }
  }
}

/**
 * Refuses what a gate never sends: other methods, and whatever a page on another site could make the browser send. That
 * includes a GET, which costs a read at Coinflow or mints a session key, and a link to the endpoint: the gate fetches,
 * and never navigates. An address typed into the browser (`Sec-Fetch-Site: none`) is answered.
 *
 * @throws {KitError} `methodNotAllowed`, `crossSite`, `unsupportedMediaType`
 */
export function checkRequest(request: Request, allowedOrigins: readonly string[]): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && request.method !== 'POST') throw new KitError('methodNotAllowed');
  if (isCrossSite(request, allowedOrigins)) throw new KitError('crossSite');
  if (isRead) return;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new KitError('unsupportedMediaType');
}

/**
 * Whether a browser sent this from an origin that is neither the endpoint's own nor in `allowedOrigins`.
 *
 * `Sec-Fetch-Site` comes from the browser itself and works behind proxies too. Without it, `Origin` is
 * compared with the address the request was sent to. A request with neither doesn't come from a browser page,
 * so it carries no ambient cookies.
 */
function isCrossSite(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) return false;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true;
  const { host } = new URL(origin);
  return host !== new URL(request.url).host && host !== request.headers.get('host');
}

/**
 * Reads the JSON of a POST; an empty body is `{}`.
 *
 * @param forMs longest wait for the whole body
 * @throws {KitError} `bodyIncomplete`, `bodyTooLarge`, `badRequest`; `bodyConsumed`: one was announced, and none is left
 */
export async function readBody(request: Request, forMs: number): Promise<unknown> {
  const text = await readWhole(request, readText, forMs);
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new KitError('badRequest', { message: 'The request body is not JSON.' });
  }
}

/**
 * Reads a body as a whole, by `readText` or `readBytes`.
 *
 * @param forMs longest wait
 * @param messages instead of the table's
 * @throws {KitError} `bodyIncomplete`, `bodyTooLarge`; `bodyConsumed`: one was announced, and none is left
 */
export async function readWhole<T extends { readonly length: number }>(
  request: Request,
  read: (body: Request['body'], maxBytes: number) => Promise<T | undefined>,
  forMs: number,
  messages: { readonly bodyConsumed?: string; readonly bodyIncomplete?: string } = {},
): Promise<T> {
  const failed = (code: keyof typeof messages) =>
    new KitError(code, { message: messages[code] ?? kitErrors[code].message });
  // Reading it all the same would throw, or give nothing: the browser's token would silently be missing.
  if (request.bodyUsed || request.body?.locked) throw failed('bodyConsumed');
  const body = await inTime(read(request.body, maxRequestBytes), forMs, () => undefined).catch(() => {
    throw failed('bodyIncomplete');
  });
  if (body === undefined) throw new KitError('bodyTooLarge');
  if (body.length === 0 && announcesBody(request)) throw failed('bodyConsumed');
  return body;
}

/** Whether the headers say that there is a body (RFC 9112 §6). */
function announcesBody({ headers }: Request): boolean {
  return Number(headers.get('content-length') ?? 0) > 0 || headers.has('transfer-encoding');
}

/** Answers OPTIONS. {@link corsHeaders} decides which origins may proceed. */
export function respondPreflight(): Response {
  const headers = { allow: allowedMethods, vary: 'Origin', 'cache-control': 'no-store' };
  return new Response(null, { status: 204, headers: { ...headers, 'x-content-type-options': 'nosniff' } });
}

/** Lets pages of an allowed origin send what the gate sends, including `Prefer`, and read what the gate reads. */
export function corsHeaders(request: Request, allowedOrigins: readonly string[]): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'ETag, Retry-After, Preference-Applied, X-Request-Id',
    ...(request.method === 'OPTIONS' && {
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers':
        request.headers.get('access-control-request-headers') ?? 'content-type, prefer, if-none-match',
      'access-control-max-age': '600',
    }),
  };
}
