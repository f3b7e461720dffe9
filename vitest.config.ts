import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { storiesBrowser } from './scripts/storiesBrowser.ts';

/** One after the other: `unit` runs in Node and jsdom; `browser` drives a real Chromium over real HTTP; `stories` renders each story in Chromium, plays it, and asks axe. */
export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**', 'test/journeys/**'],
          setupFiles: ['test/setup.ts'],
          // Two cores, several workers: an assertion that waits is no measurement.
          testTimeout: 30_000,
          unstubGlobals: true,
          restoreMocks: true,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          include: ['test/{browser,journeys}/**/*.test.ts'],
          globalSetup: ['test/browser/globalSetup.ts'],
          // Each of two workers keeps one browser and one merchant site for all its files.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 120_000,
        },
      },
      {
        // Storybook brings its own Vite configuration.
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'stories',
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            provider: storiesBrowser(),
            // The browser maps `localhost` to this address.
            api: { host: '127.0.0.1' },
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
