import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** A Chromium to drive, and where it came from. */
export interface FoundBrowser {
  readonly path: string;
  readonly from: string;
}

const minute = 60_000;

/**
 * Finds a Chromium, or gets one: $CHROMIUM_PATH, a system browser, Playwright's (downloaded where the network lets it), Debian's package (only as root in CI),
 * or the binary inside a registry package.
 *
 * @throws {Error} with what was tried, and what to do
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const tried: string[] = [];
  for (const [from, find] of Object.entries(sources)) {
    try {
      const path = await find();
      if (path === undefined) continue;
      execFileSync(path, ['--version'], { stdio: 'ignore', timeout: minute });
      return { path, from };
    } catch (error) {
      tried.push(`${from}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    }
  }
  throw new Error(
    [
      'No Chromium could be found or had for the browser tests.',
      ...tried.map((line) => `- ${line}`),
      'Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.',
    ].join('\n'),
  );
}

/** In this order; `undefined` where a source has none. */
const sources: Record<string, () => string | undefined | Promise<string | undefined>> = {
  $CHROMIUM_PATH: () => process.env.CHROMIUM_PATH,
  'the system': onSystem,
  'an earlier Playwright download': ofPlaywright,
  'a Playwright download': () => {
    console.log('kyc-reuse-gate tests: no Chromium here; trying to download one by Playwright …');
    run(
      process.execPath,
      [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium-headless-shell', 'chromium'],
      4 * minute,
    );
    return ofPlaywright();
  },
  "Debian's chromium package": () => {
    if (process.platform !== 'linux' || !isCi() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
      return undefined;
    console.log("kyc-reuse-gate tests: installing Debian's chromium (root in CI) …");
    run('apt-get', ['update', '-qq'], 3 * minute);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 5 * minute);
    return onSystem();
  },
  'the binary in @sparticuz/chromium': async () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
    const { default: packed } = await import('@sparticuz/chromium');
    return packed.executablePath();
  },
};

function onSystem(): string | undefined {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const programs = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(
    (folder) => folder !== undefined,
  );
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programs.map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
  ].find((path) => existsSync(path));
}

function ofPlaywright(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function isCi(): boolean {
  return process.env.CI === '1' || process.env.CI === 'true';
}

function run(command: string, args: string[], timeout: number): void {
  execFileSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
