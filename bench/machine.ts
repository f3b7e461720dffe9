import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Where and of what something was measured. */
export interface Origin {
  readonly date: string;
  /** Of the tree, with a mark where it held changes. */
  readonly commit: string;
}

/** What it was measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Packages whose versions matter to what is measured. */
const packages = [
  'react',
  'react-dom',
  '@tanstack/react-query',
  '@coinflowlabs/react',
  '@solana/web3.js',
  'vite',
  'rolldown',
  'playwright-core',
  '@hono/node-server',
];

/** Today, and the tree as it stands. */
export function originNow(): Origin {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--', 'src', 'package.json').length > 0;
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git('rev-parse', '--short=10', 'HEAD') + (isChanged ? ' with changes' : ''),
  };
}

/** This machine. @param browserVersion as the browser itself says */
export function machineNow(browserVersion: string | undefined): Machine {
  const installed = packages.map((name): [string, string] => {
    const manifest = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
    return [name, manifest.version];
  });
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    versions: {
      Node: process.versions.node,
      ...(browserVersion !== undefined && { Chromium: browserVersion }),
      ...Object.fromEntries(installed),
    },
  };
}
