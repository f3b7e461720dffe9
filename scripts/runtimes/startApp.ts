import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Runtime } from './runtimes';

/** Longest time for an installation, a build or a start, in ms. */
const longestMs = 180_000;
const startMs = 30_000;

/** Where the apps stand. */
const appsFolder = join('test', 'runtimes');

/** An app that answers. */
export interface RunningApp {
  readonly base: string;
  /** Everything it has written so far. */
  said(): string;
  stop(): Promise<void>;
}

/** A runtime has no package for this machine. */
export class NoPackage extends Error {}

/**
 * Installs the packages of a runtime, the kit's tarball among them, beside a copy of its app.
 *
 * @returns the folder
 * @throws {NoPackage}
 */
export function installApp({ folder, packages }: Runtime, root: string, tarball: string): string {
  if (!packages) throw new NoPackage();
  const cwd = join(root, folder);
  mkdirSync(cwd);
  cpSync(join(appsFolder, folder), cwd, { recursive: true });
  cpSync(join(appsFolder, 'options.js'), join(cwd, 'options.js'));
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // No scripts: the executables are in the packages. No peers: a server needs no React.
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--legacy-peer-deps'];
  try {
    run('npm', ['install', ...flags, tarball, ...packages], cwd);
  } catch (error) {
    if (String(error).includes('EBADPLATFORM')) throw new NoPackage();
    throw error;
  }
  return cwd;
}

/** Builds and starts an app. @throws {Error} it doesn't answer; the message ends with what it wrote */
export async function startApp({ build, start }: Runtime, cwd: string, variables: NodeJS.ProcessEnv) {
  const port = await freePort();
  const path = `${join(process.cwd(), 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, ...variables, PATH: path, PORT: String(port) };
  const [builder, ...buildArgs] = build ?? [];
  if (builder !== undefined) run(builder, buildArgs, cwd, env);
  const [command = '', ...args] = start.map((it) => it.replace('$PORT', String(port)));
  // A group of its own, so that what it starts ends with it, also when this check is stopped.
  const app = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const kill = () => killGroup(app);
  process.once('exit', kill);
  let said = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  app.once('error', (error) => (said += String(error)));
  const running: RunningApp = {
    base: `http://127.0.0.1:${port}`,
    said: () => said,
    stop: async () => {
      await end(app);
      process.off('exit', kill);
    },
  };
  if (await isUp(running.base, app)) return running;
  await running.stop();
  throw new Error(`did not start: ${said.slice(-1_000)}`);
}

async function isUp(base: string, app: ChildProcess): Promise<boolean> {
  for (const endsAt = performance.now() + startMs; performance.now() < endsAt && isAlive(app);) {
    const isAnswering = await fetch(`${base}/api/kyc`, { signal: AbortSignal.timeout(5_000) }).then(
      () => true,
      () => false,
    );
    if (isAnswering) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

function end(app: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!isAlive(app)) return resolve();
    app.once('exit', () => resolve());
    killGroup(app);
  });
}

function killGroup(app: ChildProcess): void {
  if (app.pid !== undefined && isAlive(app)) process.kill(-app.pid, 'SIGKILL');
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** @throws {Error} it failed or took too long; the message ends with what it wrote */
export function run(command: string, args: readonly string[], cwd: string, env = process.env): string {
  try {
    return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: 'pipe', timeout: longestMs });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args[0] ?? ''} failed: ${`${stdout}${stderr}`.slice(-2_000)}`, { cause: error });
  }
}
