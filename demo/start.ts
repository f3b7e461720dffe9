import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BusyPortError } from '../simulator';
import { ConfigError, readConfig } from './backend/config';
import { type Demo, startDemo } from './startDemo';

const envFile = join(import.meta.dirname, '..', '.env');

let demo: Demo | undefined;
let isEnding = false;

function end(): void {
  // One Ctrl-C arrives several times: from the terminal, and passed on by npm and tsx.
  if (isEnding) return;
  isEnding = true;
  // A connection that will not close must not hold the terminal.
  setTimeout(() => process.exit(0), 2_000).unref();
  void (demo?.close() ?? Promise.resolve()).finally(() => process.exit(0));
}
process.on('SIGINT', end);
process.on('SIGTERM', end);

try {
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const config = readConfig(process.env);
  demo = await startDemo(config);
  console.log(
    [
      '',
      `  Lumen, a merchant with kyc-reuse-gate, is open: ${demo.url}`,
      config.mode === 'simulated'
        ? '  Coinflow, Persona and Sumsub are simulated on this machine: no keys, no network, no money.'
        : `  It talks to Coinflow ${config.env} as merchant ${config.merchantId}, with a verification from ${config.vendor.name}.`,
      '  Ctrl-C ends it.',
      '',
    ].join('\n'),
  );
} catch (error) {
  if (!(error instanceof BusyPortError || error instanceof ConfigError)) throw error;
  console.error(`\n  ${error.message}\n`);
  process.exit(1);
}
