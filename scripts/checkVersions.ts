import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Runs the unit tests with the oldest and the latest peers that are promised, and on the Node versions that are. Needs the package registry. `-- <part of a name>` runs only some. */
const browserTests = ['test/client', 'test/gate', 'test/react', 'test/proof'];
const runs: Record<string, { readonly packages: readonly string[]; readonly tests: readonly string[] }> = {
  'React 18.2.0, TanStack Query 5.0.0': {
    packages: ['react@18.2.0', 'react-dom@18.2.0', '@tanstack/react-query@5.0.0'],
    tests: browserTests,
  },
  'React 18.3.1': { packages: ['react@18.3.1', 'react-dom@18.3.1'], tests: browserTests },
  'React 19.0.0': { packages: ['react@19.0.0', 'react-dom@19.0.0'], tests: browserTests },
  'redis 6.0.0': { packages: ['redis@6.0.0'], tests: ['test/redis'] },
  'Node 20.19.0': { packages: ['node@20.19.0'], tests: ['test'] },
  'Node 22': { packages: ['node@22'], tests: ['test'] },
  'Node 24': { packages: ['node@24'], tests: ['test'] },
};
const wanted = process.argv[2] ?? '';

let failed = 0;
for (const [name, { packages, tests }] of Object.entries(runs).filter(([key]) => key.includes(wanted))) {
  const copy = mkdtempSync(join(tmpdir(), 'versions-'));
  for (const path of execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
    .trim()
    .split('\n'))
    cpSync(path, join(copy, path));
  cpSync('node_modules', join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  try {
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], {
      cwd: copy,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const node = packages.some((it) => it.startsWith('node@'))
      ? join(copy, 'node_modules', '.bin', 'node')
      : process.execPath;
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const { status } = spawnSync(
      node,
      [join(copy, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit', '--reporter', 'dot', ...tests],
      { cwd: copy, stdio: 'inherit' },
    );
    if (status !== 0) failed++;
    console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name} (on ${version})`);
  } finally {
    rmSync(resolve(copy), { recursive: true, force: true });
  }
}
if (failed > 0) process.exitCode = 1;
