/**
 * Origin of Coinflow's frame.
 *
 * Source: `CoinflowUtils.getCoinflowBaseUrl` of `@coinflowlabs/react` 5.22.1; `local` is fixed to port 3000 there.
 *
 * @param env @default 'prod'
 */
export function coinflowOrigin(env = 'prod'): string {
  if (env === 'local') return 'http://localhost:3000';
  return env === 'prod' ? 'https://coinflow.cash' : `https://${env}.coinflow.cash`;
}
