import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type App, apps, type Built, buildApp } from './alias/apps';
import { openVisits, type Outcome } from './alias/visitApp';
import { findBrowser } from './findBrowser';

/**
 * Holds the README's recipes for `kyc-reuse-gate/no-web3` against real bundlers: packs the library, builds a small app with each, without the alias and with it, and
 * opens both in a browser. Needs the package registry, and `npm run build` before. `-- <part of a name>` checks only some bundlers.
 */
const bundlers = { next: '16.4.6', webpack: '5.112.2', 'ts-loader': '9.6.2' };
/** In the apps at the versions that this repository is tested with. */
const ours = [
  ...['vite', 'react', 'react-dom', '@tanstack/react-query', '@coinflowlabs/react', '@solana/web3.js', 'bs58'],
  ...['typescript', '@types/react', '@types/react-dom', '@types/node'],
];
/** A text that no minifier changes, and only this package has. */
const marks = { web3: 'SysvarRent1111', Coinflow: 'handleIFrameMessage JSON parse' };
/** The least that the alias has to save, gzipped: well below what web3 1.98.4 costs with any of the bundlers, well above chance. */
const leastSaving = 60_000;

const wanted = process.argv[2] ?? '';
const chosen = apps.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
const faults: string[] = [];
const sizes: Record<string, { first: number; plain: number; aliased: number }> = {};

const root = mkdtempSync(join(tmpdir(), 'alias-'));
const visits = await openVisits((await findBrowser()).path);
try {
  install();
  for (const app of chosen) await checkPlain(app);
  // From here on the apps have no web3 to fall back on, and their types none to lean on.
  rmSync(join(root, 'node_modules', '@solana'), { recursive: true });
  for (const app of chosen) await checkAliased(app);
} finally {
  await visits.close();
  rmSync(root, { recursive: true, force: true });
}
console.table(Object.fromEntries(Object.entries(sizes).map(([name, it]) => [name, rowOf(it)])));
for (const fault of faults) console.error(`FAILED  ${fault}`);
if (faults.length > 0 || chosen.length === 0) process.exitCode = 1;
else
  console.log(
    `The recipes take web3 out, and leave users known by id their form: ${chosen.map(({ name }) => name).join('; ')}.`,
  );

function install(): void {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--silent', '--pack-destination', root], process.cwd()),
  ) as { filename: string }[];
  if (!packed) throw new Error('npm pack made no tarball.');
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const dependencies = {
    ...bundlers,
    ...Object.fromEntries(ours.map((name) => [name, devDependencies[name]])),
    'kyc-reuse-gate': `file:${packed.filename}`,
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, dependencies }));
  run('npm', ['install', '--no-audit', '--no-fund', '--silent'], root);
}

async function checkPlain(app: App): Promise<void> {
  const { folder, scripts } = buildApp(app, root, false);
  const byId = await visits.visit(folder, 'known by id');
  expectForm(app, 'without the alias', byId);
  const wallet = await visits.visit(folder, 'with a wallet');
  // The simulator has no record of the wallet's; what counts is that the form opens as it.
  demand(
    app,
    wallet.frames.some((url) => url.includes(`pubkey=${wallet.user}`)),
    `without the alias a wallet's form opens (${told(wallet)})`,
  );
  const later = pick(scripts, byId.after);
  demand(app, holds(later, marks.web3), 'without the alias the form brings web3');
  expectLight(app, 'without the alias', pick(scripts, byId.before));
  sizes[app.name] = { first: sizeOf(pick(scripts, byId.before)), plain: sizeOf(later), aliased: NaN };
}

async function checkAliased(app: App): Promise<void> {
  const { folder, scripts } = buildApp(app, root, true);
  demand(app, !holds(scripts, marks.web3), 'with the alias no script of the output has web3 in it');
  const byId = await visits.visit(folder, 'known by id');
  expectForm(app, 'with the alias', byId);
  const wallet = await visits.visit(folder, 'with a wallet');
  demand(
    app,
    /^misconfigured: .*walletWithoutWeb3/.test(wallet.failure),
    `with the alias a wallet is a failure of its own (${told(wallet)})`,
  );
  demand(app, wallet.frames.length === 0, 'and no frame is asked for');
  const later = pick(scripts, byId.after);
  demand(app, holds(later, marks.Coinflow), "with the alias the form brings Coinflow's component");
  expectLight(app, 'with the alias', pick(scripts, byId.before));
  const size = sizes[app.name];
  if (!size) return;
  size.aliased = sizeOf(later);
  demand(app, size.plain - size.aliased >= leastSaving, `the alias saves at least ${leastSaving} B`);
}

function expectForm(app: App, how: string, it: Outcome): void {
  const url = it.frames[0] ?? '';
  demand(
    app,
    /^http:\/\/localhost:3000\/solana\/withdraw\/acme\?(.*&)?sessionKey=/.test(url),
    `${how} the frame asks for the payout page (${told(it)})`,
  );
  demand(app, it.openedFor === it.user, `${how} the payout page opens for the user (${told(it)})`);
}

/** Nothing of Coinflow or web3 is loaded before a gate is mounted. */
function expectLight(app: App, how: string, first: Built[]): void {
  demand(app, first.length > 0, `${how} the page loads scripts at first`);
  for (const [name, mark] of Object.entries(marks))
    demand(app, !holds(first, mark), `${how} the page loads no ${name} before the gate`);
}

function demand(app: App, holdsTrue: boolean, what: string): void {
  if (!holdsTrue) faults.push(`${app.name}: ${what}`);
}

function told({ openedFor, failure, frames }: Outcome): string {
  // A session key stands in the frame's address.
  return `opened for ${openedFor ?? 'nobody'}, failure "${failure}", ${frames.length} frames`;
}

function pick(scripts: Built[], paths: readonly string[]): Built[] {
  return scripts.filter(({ path }) => paths.includes(path));
}

function holds(scripts: Built[], mark: string): boolean {
  return scripts.some(({ code }) => code.includes(mark));
}

/** As a server would send them: each compressed by itself. */
function sizeOf(scripts: Built[]): number {
  return scripts.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

function rowOf({ first, plain, aliased }: { first: number; plain: number; aliased: number }) {
  return { 'first load (B)': first, 'form (B)': plain, 'form without web3 (B)': aliased, 'saved (B)': plain - aliased };
}

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
