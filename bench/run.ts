import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from '../scripts/findBrowser';
import { launchBrowser } from '../scripts/launchBrowser';
import { machineNow, originNow } from './machine';
import { type Options, parseOptions, type Part, usage } from './options';
import { measureRendering } from './rendering';
import { writeReport } from './report/report';
import { countRequests } from './requests';
import { readResults, type Results, type Waits, writeResults } from './results';
import { measureSizes } from './sizes';
import { estimateMinutes, measureTimes } from './timeToForm';

/** Measures what `RESULTS.md` holds, and writes it. What was measured before and not now is kept, so that a long matrix can be done in pieces. */
const options = readOptions();
const folder = options.isQuick ? join('.cache', 'bench') : import.meta.dirname;
const minutes = estimateMinutes(options.cells, options.rows.length, options.runs);
if (options.parts.includes('time'))
  console.log(
    `Time to form: ${options.cells.length} cells × ${options.rows.length} rows × ${options.runs} runs, about ${Math.ceil(minutes)} min.`,
  );
if (options.isPlan) process.exit();

if (!options.isBuilt) {
  console.log('Building the library …');
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
const { path: browserPath } = await findBrowser();
const began = performance.now();
let results = readResults(folder);
await keep({ machine: machineNow(await versionOf(browserPath)) });
for (const part of options.parts) {
  console.log(`Measuring: ${part}`);
  await measure(part);
}
console.log(`Done in ${Math.round((performance.now() - began) / 1_000)} s; see ${join(folder, 'RESULTS.md')}.`);

async function measure(part: Part): Promise<void> {
  switch (part) {
    case 'time':
      return measureTimes({
        browserPath,
        cells: options.cells,
        rows: options.rows,
        runs: options.runs,
        onCell: async (cell, waits) => {
          const guideMs = (waits.get('guide') ?? []).map(({ ms }) => ms);
          const measured = [...waits].map(([name, runs]): [string, Waits] => [name, { ...originNow(), runs, guideMs }]);
          const before = results.time ?? {};
          await keep({ time: { ...before, [cell]: { ...before[cell], ...Object.fromEntries(measured) } } });
        },
      });
    case 'requests':
      return keep({ requests: { ...originNow(), counts: await countRequests(browserPath) } });
    case 'size':
      return keep({ size: { ...originNow(), ...(await measureSizes()) } });
    case 'rendering':
      return keep({ rendering: { ...originNow(), ...(await measureRendering(browserPath)) } });
    default:
      return part satisfies never;
  }
}

/** At once, so that nothing is lost when a long run is broken off. */
async function keep(more: Results): Promise<void> {
  results = { ...results, ...more };
  await writeResults(folder, results);
  writeReport(folder, results);
}

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(1);
  }
}

async function versionOf(path: string): Promise<string> {
  const browser = await launchBrowser(path);
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}
