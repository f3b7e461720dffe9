/**
 * Whether a browser sent this from another site than the endpoint's own, and than `allowedOrigins`.
 *
 * `Sec-Fetch-Site` is the browser's own word and holds behind proxies as well; without it, `Origin` is held against the address the request came to.
 * A request with neither comes from no browser page and carries no ambient cookies of one.
 */
export function isCrossSite(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) return false;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true;
  const { host } = new URL(origin);
  return host !== new URL(request.url).host && host !== request.headers.get('host');
}
