import { type Browser, chromium } from 'playwright-core';
import { launchArgs } from './launchArgs';

/**
 * Launches a headless Chromium that reaches this machine only.
 *
 * @param path of the executable
 * @param payoutPort see {@link launchArgs}
 */
export function launchBrowser(path: string, payoutPort?: number): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: launchArgs(payoutPort) });
}
