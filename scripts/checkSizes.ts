import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { build } from 'vite';

/** Budgets in bytes, minified and gzipped. The entry and the hook are all that a page's first load pays for; the chunks load beside the first read. */
const budgets = {
  entry: { code: "export * from 'kyc-reuse-gate';", bytes: 6_000 },
  hook: { code: "export { useKycReuseGate } from 'kyc-reuse-gate';", bytes: 3_000 },
} as const;
const chunkBudget = 9_000;
const localeBudget = 2_500;
const cssBudget = 2_000;

const peers = [/^react($|\/)/, /^react-dom($|\/)/, /^@tanstack\//, /^@coinflowlabs\//];
let tooLarge = 0;

for (const [name, { code, bytes }] of Object.entries(budgets)) {
  const chunks = await bundle(code);
  const [entry] = chunks.filter((chunk) => chunk.isEntry);
  if (!entry) throw new Error(`Nothing was built for ${name}.`);
  const first = closure(chunks, entry.fileName);
  report(name, sizeOf(chunks, first), bytes);
  if (name !== 'entry') continue;
  for (const chunk of chunks.filter(({ isDynamicEntry }) => isDynamicEntry)) {
    const more = closure(chunks, chunk.fileName).filter((file) => !first.includes(file));
    report(`  then ${chunk.name}`, sizeOf(chunks, more), chunkBudget);
  }
}
for (const file of readdirSync('dist/locales').filter((name) => name.endsWith('.js'))) {
  const chunks = await bundle(`export * from 'kyc-reuse-gate/locales/${file}';`);
  report(
    `locales/${file}`,
    sizeOf(
      chunks,
      chunks.map(({ fileName }) => fileName),
    ),
    localeBudget,
  );
}
report('styles.css', gzipSync(await minifiedCss(), { level: 9 }).length, cssBudget);
if (tooLarge > 0) process.exitCode = 1;

/** Bundles as a merchant's production build would, with the peers left out. */
async function bundle(code: string) {
  const app = 'app.js';
  const bundled = await rolldown({
    input: app,
    logLevel: 'silent',
    external: peers,
    preserveEntrySignatures: 'strict',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'app',
        resolveId: (id) =>
          id === app
            ? id
            : id.startsWith('kyc-reuse-gate')
              ? resolve(id === 'kyc-reuse-gate' ? 'dist/index.js' : id.replace('kyc-reuse-gate', 'dist'))
              : undefined,
        load: (id) => (id === app ? code : undefined),
      },
    ],
  });
  const { output } = await bundled.generate({ minify: true });
  return output.filter((file) => file.type === 'chunk');
}

type Chunk = Awaited<ReturnType<typeof bundle>>[number];

/** A chunk with everything it imports statically. */
function closure(chunks: Chunk[], fileName: string, seen: string[] = []): string[] {
  const chunk = chunks.find((it) => it.fileName === fileName);
  if (!chunk || seen.includes(fileName)) return seen;
  seen.push(fileName);
  for (const next of chunk.imports) closure(chunks, next, seen);
  return seen;
}

function sizeOf(chunks: Chunk[], files: string[]): number {
  return chunks
    .filter(({ fileName }) => files.includes(fileName))
    .reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

async function minifiedCss(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, cssMinify: true, rolldownOptions: { input: resolve('dist/styles.css') } },
  });
  const [first] = [result].flat();
  const css = first && 'output' in first ? first.output.find((file) => file.fileName.endsWith('.css')) : undefined;
  if (css?.type !== 'asset') throw new Error('The build gave no style sheet.');
  return String(css.source);
}

function report(name: string, bytes: number, budget: number): void {
  const isTooLarge = bytes > budget;
  if (isTooLarge) tooLarge++;
  console.log(`${name.padEnd(28)} ${String(bytes).padStart(6)} B of ${budget} B ${isTooLarge ? '  TOO LARGE' : ''}`);
}
