import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../../scripts/findBrowser';
import { buildPage } from './buildPage';

declare module 'vitest' {
  interface ProvidedContext {
    browserPath: string;
    /** Folder of the built pages. */
    pageFolder: string;
  }
}

/** Finds a browser, and builds the pages of all browser tests once: the merchant's, and one that holds the gate in a state. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { path, from } = await findBrowser();
  console.log(`kyc-reuse-gate tests: browser ${path} (from ${from})`);
  const { folder, remove } = await buildPage(join(import.meta.dirname, 'page'));
  project.provide('browserPath', path);
  project.provide('pageFolder', folder);
  return remove;
}
