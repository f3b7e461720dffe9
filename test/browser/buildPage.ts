import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds a folder's pages for the browser, with development builds of React and of the gate: StrictMode mounts twice, and warnings are written. */
export async function buildPage(root: string): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'kyc-page-'));
  const pages = (await readdir(root)).filter((name) => name.endsWith('.html'));
  await build({
    root,
    configFile: false,
    mode: 'development',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      rolldownOptions: { input: pages.map((name) => join(root, name)) },
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
    },
  });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
