import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../../scripts/findBrowser';

declare module 'vitest' {
  interface ProvidedContext {
    browserPath: string;
    /** Folder of the built pages. */
    pageFolder: string;
  }
}

/** Finds a browser and builds the pages once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { path, from } = await findBrowser();
  console.log(`kyc-reuse-gate tests: browser ${path} (from ${from})`);
  const outDir = await mkdtemp(join(tmpdir(), 'kyc-page-'));
  const root = join(import.meta.dirname, 'page');
  await build({
    root,
    configFile: false,
    mode: 'development',
    logLevel: 'error',
    // Development builds of React and of the gate: StrictMode mounts twice, and warnings are written.
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { outDir, rolldownOptions: { input: [join(root, 'index.html'), join(root, 'cycles.html')] }, emptyOutDir: true, minify: false, reportCompressedSize: false, chunkSizeWarningLimit: 10_000 },
  });
  project.provide('browserPath', path);
  project.provide('pageFolder', outDir);
  return () => rm(outDir, { recursive: true });
}
