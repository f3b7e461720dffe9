import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { measureAcrossInstances } from './acrossInstances';
import { measureCrowds } from './crowds';
import type { Section } from './figures';
import { measureHolding } from './holding';
import { reportOf } from './report';
import { bundleChildren } from './startChild';
import { measureThroughput } from './throughput';

/** Measures what `RESULTS.md` holds, and writes it. `--built`: takes the library as it was built. Names of parts: only prints these. */
const parts: Readonly<Record<string, () => Promise<Section>>> = {
  throughput: measureThroughput,
  holding: measureHolding,
  redis: measureAcrossInstances,
  crowds: measureCrowds,
};
const chosen = process.argv.slice(2).filter((argument) => argument in parts);
const load = loadavg()[0] ?? 0;
const began = performance.now();

if (!process.argv.includes('--built')) {
  console.log('Building the library …');
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
await bundleChildren();
const sections: Section[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`Measuring: ${name}`);
  const section = await measure();
  sections.push(section);
  console.log(section.text, section.found);
}
const tookSeconds = Math.round((performance.now() - began) / 1_000);
if (chosen.length === 0) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), reportOf(sections, load));
console.log(`Done in ${tookSeconds} s.`);
process.exit();
