import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plantedBugs } from './plantedBugs';

/** Plants one bug after another into a copy of the sources and demands that the tests fail. `npm run check:planted -- <part of a name>` plants only some. */
const wanted = process.argv[2] ?? '';
/** One after the other: a run that bails out waits for the long test under way. */
const gateStages = [['test/gate', 'test/contract', 'test/client'], ['test/proof/core.test.ts']];
const screenStages = [['test/react'], ['test/proof/rendered.test.tsx']];
const kitStages = [
  [
    'answers',
    'coinflow',
    'events',
    'handler',
    'hold',
    'registrations',
    'requestId',
    'requests',
    'users',
    'vendors/',
    'webhookEvents',
  ].map((name) => `test/server/${name}`),
  ['test/server'],
];
const copy = mkdtempSync(join(tmpdir(), 'planted-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const path of [
  'src',
  'test',
  'simulator',
  'scripts',
  'stories',
  '.storybook',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
])
  cpSync(path, join(copy, path), { recursive: true });
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));

const sound = run([...gateStages, ...screenStages, ...kitStages]);
if (sound.failed !== undefined) throw new Error(`The tests fail without any planted bug: ${sound.failed}`);

let missed = 0;
for (const { name, file, find, replace } of plantedBugs.filter((bug) => bug.name.includes(wanted))) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2)
    throw new Error(`"${name}": the text to replace must stand once in ${file}, and does not:\n${find}`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const { failed, ms } = run(stagesOf(file));
  writeFileSync(path, text);
  if (failed === undefined) missed++;
  console.log(
    `${failed === undefined ? 'MISSED' : 'caught'}  ${name.padEnd(58)} ${String(Math.round(ms / 1000)).padStart(4)} s  ${failed ?? ''}`,
  );
}
console.log(missed === 0 ? 'Every planted bug was caught.' : `${missed} planted bugs were not caught.`);
if (missed > 0) process.exitCode = 1;

function stagesOf(file: string): string[][] {
  return file.startsWith('src/server/') ? kitStages : file.startsWith('src/react/') ? screenStages : gateStages;
}

/** Runs the tests in the copy until one fails, and names it. */
function run(stages: string[][]): { failed: string | undefined; ms: number } {
  const began = performance.now();
  let failed: string | undefined;
  for (const tests of stages) failed ??= firstFailed(tests);
  return { failed, ms: performance.now() - began };
}

function firstFailed(tests: string[]): string | undefined {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'unit', '--bail', '1', '--reporter', 'json', '--outputFile', report, ...tests],
    {
      cwd: copy,
      stdio: 'ignore',
      env: { ...process.env, PLANTED: '1' },
    },
  );
  if (status === 0) return undefined;
  interface Report {
    testResults: { message: string; assertionResults: { status: string; title: string }[] }[];
  }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const titles = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter((it) => it.status === 'failed').map(({ title }) => title),
  );
  // A copy that no longer loads proves nothing.
  if (titles[0] === undefined)
    throw new Error(`No test failed, yet the run did: ${testResults.map(({ message }) => message).join('\n')}`);
  return titles[0];
}
