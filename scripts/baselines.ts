import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { compare } from '../test/baselines/compare';
import { looks } from '../test/baselines/looks';
import { openStudio } from '../test/baselines/openStudio';
import { spoilt } from '../test/baselines/spoilt';

/** `update` makes the baselines anew; `check` compares, and proves that a small change would be seen. */
const command = process.argv[2];
if (command !== 'update' && command !== 'check') throw new Error('Say `update` or `check`.');

const folder = join(import.meta.dirname, '..', 'test', 'baselines');
const results = join(import.meta.dirname, '..', 'test-results');
const fileOf = (name: string) => join(folder, `${name}.png`);
const studio = await openStudio();
let failures = 0;
try {
  if (command === 'update') await update();
  else await check();
} finally {
  await studio.close();
}
if (failures > 0) process.exitCode = 1;

async function update(): Promise<void> {
  let bytes = 0;
  for (const name of Object.keys(looks)) {
    const { png, places } = await studio.shoot(name);
    // Flat colours pack best unfiltered.
    const packed = PNG.sync.write(PNG.sync.read(png), {
      colorType: 2,
      deflateLevel: 9,
      deflateStrategy: 0,
      filterType: 0,
    });
    bytes += packed.length;
    writeFileSync(fileOf(name), packed);
    console.log(`${name}: ${places.length} screens, ${Math.ceil(packed.length / 1024)} kB`);
  }
  console.log(`${Math.ceil(bytes / 1024)} kB in all. Look at what has changed before you commit it.`);
}

async function check(): Promise<void> {
  mkdirSync(results, { recursive: true });
  for (const name of Object.keys(looks)) {
    const { png, places } = await studio.shoot(name);
    const { lines, picture } = compare(readFileSync(fileOf(name)), png, places);
    console.log(`${lines.length === 0 ? 'same   ' : 'CHANGED'} ${name}, ${places.length} screens`);
    if (lines.length === 0) continue;
    failures++;
    writeFileSync(join(results, `${name}.now.png`), png);
    if (picture) writeFileSync(join(results, `${name}.diff.png`), picture);
    console.log(lines.map((line) => `        ${line}`).join('\n'));
  }
  if (failures > 0) {
    console.log('See test-results/*.now.png and *.diff.png. Where the change is meant: npm run baselines.');
    return;
  }
  for (const [what, { screen, spoil }] of Object.entries(spoilt)) {
    const { png, places } = await studio.shoot('light', spoil);
    const { lines } = compare(readFileSync(fileOf('light')), png, places);
    const isSeen = lines.length === 1 && lines[0]?.startsWith(`${screen}: `);
    if (!isSeen) failures++;
    console.log(`${isSeen ? 'seen   ' : 'MISSED '} ${what}: ${lines.join(', ') || 'no difference'}`);
  }
}
