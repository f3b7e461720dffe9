import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, listen } from '../simulator';
import { checkContract } from './runtimes/contract';
import { type Runtime, runtimes } from './runtimes/runtimes';
import { installApp, NoPackage, run, startApp } from './runtimes/startApp';

/**
 * Runs the packed kit on each runtime and framework of docs/runtimes.md, and holds the contract against it over real HTTP. Needs the package registry,
 * and `npm run build` before. `-- <part of a name>` checks only some. A runtime that has no package for this platform is
 * skipped; with RUNTIMES_REQUIRED=1 that is a failure.
 */
const wanted = (process.argv[2] ?? '').toLowerCase();
const chosen = runtimes.filter(({ name, folder }) => `${name} ${folder}`.toLowerCase().includes(wanted));
const isRequired = process.env['RUNTIMES_REQUIRED'] === '1';

/** Longest time for the contract on one endpoint, in ms. */
const contractMs = 150_000;

/** What the contract provokes, and the kit reports. Anything else is a fault. */
const expectedReports = ['crossSite', 'badRequest', 'methodNotAllowed'];

const root = mkdtempSync(join(tmpdir(), 'runtimes-'));
const simulator = createSimulator({ personaRedemptionMs: 300 });
const { urls, close } = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });

process.once('SIGTERM', () => process.exit(1));
process.once('SIGINT', () => process.exit(1));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));

const results: { runtime: string; version: string; seconds: number; result: 'passed' | 'FAILED' | 'SKIPPED' }[] = [];
try {
  const tarball = pack();
  for (const runtime of chosen) {
    const { name, version } = runtime;
    const beganAt = performance.now();
    const faults = await check(runtime, tarball).catch((error: unknown) =>
      error instanceof NoPackage ? 'SKIPPED' : [String(error)],
    );
    const result = faults === 'SKIPPED' ? faults : faults.length === 0 ? 'passed' : 'FAILED';
    results.push({ runtime: name, version, seconds: Math.round((performance.now() - beganAt) / 1000), result });
    console.log(`${result}  ${name}`);
    if (faults === 'SKIPPED') console.error(`        There is no package for ${process.platform}-${process.arch}.`);
    else for (const fault of faults) console.error(`        ${fault}`);
  }
} finally {
  await close();
}
console.table(results);
const count = (wantedResult: string) => results.filter(({ result }) => result === wantedResult).length;
console.log(`${count('passed')} passed, ${count('FAILED')} failed, ${count('SKIPPED')} skipped`);
if (count('FAILED') > 0 || results.length === 0 || (isRequired && count('SKIPPED') > 0)) process.exitCode = 1;

function pack(): string {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--silent', '--pack-destination', root], process.cwd()),
  ) as { filename: string }[];
  if (!packed) throw new Error('npm pack made no tarball.');
  return join(root, packed.filename);
}

async function check(runtime: Runtime, tarball: string): Promise<string[]> {
  const { folder, endpoints = [{ path: '/api/kyc' }], parsesBodies = false } = runtime;
  const app = await startApp(runtime, installApp(runtime, root, tarball), {
    COINFLOW_URL: urls.coinflow,
    PERSONA_URL: urls.persona,
    COINFLOW_API_KEY: simulator.config.apiKey,
    PERSONA_API_KEY: simulator.config.personaApiKey,
    PERSONA_CONNECTION_ID: simulator.config.personaConnectionId,
    NEXT_TELEMETRY_DISABLED: '1',
  });
  const faults: string[] = [];
  const expected = new Set(expectedReports);
  try {
    for (const [index, { path, losesWork = false }] of endpoints.entries()) {
      const found = await checkContract({
        url: app.base + path,
        prefix: `${folder}${index}`,
        simulator,
        parsesBodies,
        losesWork,
        endsAt: performance.now() + contractMs,
      });
      faults.push(...found.map((fault) => `${path}: ${fault}`));
    }
    if (endpoints.some(({ losesWork }) => losesWork)) expected.add('registrationUnderWay');
    const reported = new Set([...app.said().matchAll(/kyc-reuse-gate: (\w+)/g)].map(([, code = '']) => code));
    if (!reported.has('crossSite')) faults.push('`onError` told nothing of a request from another site');
    for (const code of reported) if (!expected.has(code)) faults.push(`\`onError\` got ${code}`);
  } finally {
    await app.stop();
  }
  return faults.length > 0 ? [...faults, `it said: ${app.said().slice(-2_000)}`] : [];
}
