/**
 * The id of a request, for its answer and its events: `X-Request-Id`, which proxies and clients commonly set; else the
 * trace id of `traceparent` (W3C Trace Context), so that events meet their trace; else random.
 *
 * @returns 1 to 64 letters, digits, `_`, `.` and `-`: safe in a header and in a line of a log
 */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  if (given !== null && /^[\w.-]{1,64}$/.test(given)) return given;
  const traceparent = headers.get('traceparent') ?? '';
  // Zeros and version ff are invalid. A later version may go on after its flags.
  const [, traceId] =
    /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/.exec(traceparent) ?? [];
  return traceId ?? crypto.randomUUID();
}
