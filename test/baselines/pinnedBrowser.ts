import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { launchArgs } from '../../scripts/launchArgs';

/**
 * The same Chromium everywhere: the build inside a registry package, which the lockfile pins, painting without what depends on the machine.
 *
 * @throws {Error} elsewhere than on Linux x64
 */
export async function pinnedBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('Baselines are made and compared on Linux x64 only: run this in a container, or leave it to .ci/full.');
  return chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: [
      ...launchArgs(),
      '--font-render-hinting=none',
      '--disable-lcd-text',
      '--force-color-profile=srgb',
      // One way of computing for every processor.
      '--disable-skia-runtime-opts',
    ],
  });
}
