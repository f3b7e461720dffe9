import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Packs the library as it would be published, and lets publint and Are The Types Wrong look at the tarball. */
const [packed] = JSON.parse(run('npm', ['pack', '--json', '--silent'])) as { filename: string }[];
if (!packed) throw new Error('npm pack made no tarball.');
try {
  console.log(run('npx', ['--no-install', 'publint', '--strict', packed.filename]));
  console.log(
    run('npx', [
      '--no-install',
      'attw',
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      'styles.css',
      '--',
      packed.filename,
    ]),
  );
} finally {
  rmSync(packed.filename);
}

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    console.error((error as { stdout?: string }).stdout ?? '');
    throw error;
  }
}
