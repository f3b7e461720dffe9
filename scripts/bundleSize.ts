import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';
import { build } from 'vite';

/** Packages that a merchant installs beside this one, and that are not part of its size. */
export const peers = [/^react($|\/)/, /^react-dom($|\/)/, /^@tanstack\//, /^@coinflowlabs\//];

/** How something is bundled. */
export interface BundleOptions {
  /** @default {@link peers} */
  readonly external?: RegExp[];
  /** Where packages are looked for. @default this repository, where `kyc-reuse-gate` is `dist` */
  readonly folder?: string;
}

/** Bundles as a merchant's production build would, with the peers left out. */
export async function bundle(
  code: string,
  { external = peers, folder = process.cwd() }: BundleOptions = {},
): Promise<OutputChunk[]> {
  const app = resolve(folder, 'app.js');
  const bundled = await rolldown({
    cwd: folder,
    input: app,
    logLevel: 'silent',
    platform: 'browser',
    external,
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
  await bundled.close();
  return output.filter((file) => file.type === 'chunk');
}

/** What a page loads at once, and what later: names of files. */
export function loadedBy(chunks: readonly OutputChunk[]): {
  readonly first: readonly string[];
  readonly later: readonly { readonly name: string; readonly files: readonly string[] }[];
} {
  const entry = chunks.find((chunk) => chunk.isEntry);
  if (!entry) throw new Error('Nothing was built.');
  const first = closure(chunks, entry.fileName);
  const later = chunks
    .filter(({ isDynamicEntry }) => isDynamicEntry)
    .map(({ name, fileName }) => ({
      name,
      files: closure(chunks, fileName).filter((file) => !first.includes(file)),
    }));
  return { first, later };
}

/** A chunk with everything it imports statically. */
function closure(chunks: readonly OutputChunk[], fileName: string, seen: string[] = []): string[] {
  const chunk = chunks.find((it) => it.fileName === fileName);
  if (!chunk || seen.includes(fileName)) return seen;
  seen.push(fileName);
  for (const next of chunk.imports) closure(chunks, next, seen);
  return seen;
}

/** Bytes of some files, each gzipped by itself, as they travel. */
export function sizeOf(chunks: readonly OutputChunk[], files: readonly string[]): number {
  return chunks
    .filter(({ fileName }) => files.includes(fileName))
    .reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

/** Bytes of the style sheet, minified and gzipped. */
export async function cssSize(): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, cssMinify: true, rolldownOptions: { input: resolve('dist/styles.css') } },
  });
  const [first] = [result].flat();
  const css = first && 'output' in first ? first.output.find((file) => file.fileName.endsWith('.css')) : undefined;
  if (css?.type !== 'asset') throw new Error('The build gave no style sheet.');
  return gzipSync(String(css.source), { level: 9 }).length;
}
