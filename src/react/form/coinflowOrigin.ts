/**
 * Origin of Coinflow's frame.
 *
 * Source: `CoinflowUtils.getCoinflowBaseUrl` of `@coinflowlabs/react` 5.22.1; there, `local` always uses port 3000.
 *
 * @param env @default 'prod'
 */
export function coinflowOrigin(env = 'prod'): string {
  if (env === 'local') return 'http://localhost:3000';
  return env === 'prod' ? 'https://coinflow.cash' : `https://${env}.coinflow.cash`;
}

const connected = new Set<string>();

/**
 * Opens the connection to Coinflow's site, once per page, so that the frame doesn't wait for DNS, TCP and TLS: three
 * round trips that the registration takes anyway.
 */
export function preconnect(env: string | undefined): void {
  const href = coinflowOrigin(env);
  if (connected.has(href)) return;
  connected.add(href);
  document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href }));
}
