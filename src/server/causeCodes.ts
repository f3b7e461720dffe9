/**
 * Codes of failed connections that may be told: those of Node's sockets, DNS and TLS, of undici (its `fetch`), and of
 * `kyc-reuse-gate/redis`. A closed list, because an error of anybody else's may say anything in its `code`.
 */
const codes: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
  'redisClosed',
  'redisRefused',
  'redisTimeout',
  'redisUnavailable',
]);

/** How deep causes are looked at: `fetch` wraps the socket's error, and a client of yours may wrap that. */
const maxDepth = 4;

/** The code of an error or of what caused it, if it is one that may be told. */
export function causeCodeOf(error: unknown): string | undefined {
  let at = error;
  for (let depth = 0; depth < maxDepth && typeof at === 'object' && at !== null; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (codes.has(code)) return code as string;
    at = cause;
  }
  return undefined;
}
