import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { launchArgs } from '../../scripts/launchArgs';

/**
 * The same Chromium everywhere: the build inside a registry package, which the lockfile pins, painting without what depends on the machine.
 *
 * @throws {Error} elsewhere than on Linux x64, and where another version of it lies unpacked
 */
export async function pinnedBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'Baselines are made and compared on Linux x64 only: run this in a container, or leave it to .ci/full.',
    );
  const executablePath = await chromiumPackage.executablePath();
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...launchArgs(),
      '--font-render-hinting=none',
      '--disable-lcd-text',
      '--force-color-profile=srgb',
      // One way of computing for every processor.
      '--disable-skia-runtime-opts',
    ],
  });
  const { devDependencies } = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
  ) as { devDependencies: Record<string, string> };
  const [major = ''] = devDependencies['@sparticuz/chromium']?.split('.') ?? [];
  if (!browser.version().startsWith(`${major}.`)) {
    await browser.close();
    throw new Error(
      `${executablePath} is Chromium ${browser.version()}, no longer the one in package.json (${major}): remove it, and try again.`,
    );
  }
  return browser;
}
