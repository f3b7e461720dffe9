import { formatRecord } from '../contract/formatRecord';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import type { KitError } from './KitError';
import { kitErrors } from './kitErrors';

/** On every answer: it is about one signed-in user, and nobody may keep it or guess at its type. */
const always = {
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  'x-content-type-options': 'nosniff',
  vary: 'Origin, Cookie, Authorization',
} as const;

export function respondJson(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...always, ...headers } });
}

/** The trimmed record, in Coinflow's shape and with Coinflow's status. */
export function respondRecord(record: WithdrawerRecord): Response {
  const { httpStatus, body } = formatRecord(record);
  return respondJson(httpStatus, body);
}

export function respondError({ code, message, retryAfterSeconds }: KitError): Response {
  const { httpStatus, notSent } = kitErrors[code];
  return respondJson(
    httpStatus,
    { error: { code, message, ...(notSent && { notSent }) } },
    {
      ...(code === 'methodNotAllowed' && { allow: 'GET, POST, OPTIONS' }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  );
}

/** Answers a preflight, and lets an allowed origin read what the gate needs. */
export function corsHeaders(request: Request, allowedOrigins: readonly string[]): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Retry-After, Preference-Applied',
    ...(request.method === 'OPTIONS' && {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? 'content-type',
      'access-control-max-age': '600',
    }),
  };
}
