import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { networks } from '../conditions';
import type { Machine } from '../machine';
import { pollingSection } from '../polling/pollingSection';
import type { Results } from '../results';
import { renderingSection, requestsSection, sizeSection } from './otherParts';
import { reachTable } from './reach';
import { timeReaches } from './timeReaches';
import { timeOrigins, timeTables } from './timeTables';

/** Writes `RESULTS.md` beside the figures it is made of. */
export function writeReport(folder: string, results: Results): void {
  const { machine, time, requests, size, rendering } = results;
  const parts = [
    `# Results of \`npm run bench\`\n\nMade by \`npm run bench\` from \`results.json\`; not written by hand.`,
    machine && machineSection(machine),
    time &&
      `## Time to form\n\n${method}\n\n${timeTables(time)}\n\n${reachTable(timeReaches(time))}\n\n${timeOrigins(time)}`,
    requests && `## Requests\n\n${requestsSection(requests)}`,
    size && `## Size\n\n${sizeSection(size)}`,
    pollingSection(),
    rendering && `## Rendering\n\n${renderingSection(rendering)}`,
  ];
  writeFileSync(join(folder, 'RESULTS.md'), `${parts.filter((part) => part !== undefined).join('\n\n')}\n`);
}

function machineSection({ cpu, cores, memoryGiB, system, versions }: Machine): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}. ${packages.join(' · ')}.`;
}

/** How time is measured; what makes figures of one machine differ from those of another. */
const method = `Production builds, cold Chromium (a new context each visit), throttled by the browser: ${Object.values(
  networks,
)
  .map(({ title }) => title)
  .join(
    '; ',
  )} (down / up, latency of each request). The 4G profiles are Chrome DevTools’ own presets. The browser counts latency from the moment a request is sent, and would let a held answer travel in no time; pages and answers of the backends therefore get it on the server's side as well.

- **Guide’s way**: static import of \`CoinflowWithdraw\`; POST, then GET every second until the record is there, the session key beside it; no gate. For a returning user it is spared the POST. **Lazy way**: the same with \`React.lazy\`, which begins to load once the record is known.
- **Plain backend**: a thin proxy that holds nothing. **Kit**: the built server kit with its defaults. Both over the simulator, on real HTTP, in the bench's own process.
- **Server-read record**: the server reads while it renders the page, and passes on what it found (\`initialRecord\`). **Prefetched**: \`prefetchKycReuse\`, and the gate 1 s later.
- **Limit**: an inline script asks for everything; its backend is told the moment the record becomes readable; no gate, no web3.`;
