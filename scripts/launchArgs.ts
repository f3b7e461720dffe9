/**
 * Arguments of a headless Chromium that reaches this machine only.
 *
 * @param payoutPort where `http://localhost:3000`, fixed inside Coinflow's component for `env="local"`, really is; port 3000 itself may be anybody's
 */
export function launchArgs(payoutPort = 3000): string[] {
  return [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // An EXCLUDE of localhost would win over the first rule.
    `--host-resolver-rules=MAP localhost:3000 127.0.0.1:${payoutPort} , MAP localhost 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1`,
  ];
}
