import { playwright } from '@vitest/browser-playwright';
import type { BrowserProviderOption } from 'vitest/node';
import { findBrowser } from './findBrowser.ts';
import { launchArgs } from './launchArgs.ts';

/** The Chromium that runs the stories as tests: found, or got, when the first of them runs, so that a run of other tests needs none. */
export function storiesBrowser(): BrowserProviderOption {
  const launchOptions: { args: string[]; executablePath?: string } = { args: launchArgs() };
  const provider = playwright({ launchOptions });
  return {
    ...provider,
    providerFactory(project) {
      const browser = provider.providerFactory(project);
      const openPage = browser.openPage.bind(browser);
      browser.openPage = async (...args) => {
        launchOptions.executablePath ??= (await findBrowser()).path;
        return openPage(...args);
      };
      return browser;
    },
  };
}
