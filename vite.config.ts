import { copyFileSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vite';
import dts from 'vite-plugin-dts';

/** Entries `locales/<tag>`, one per file. */
const locales = Object.fromEntries(
  readdirSync('src/locales').map((file) => [`locales/${file.replace('.ts', '')}`, `src/locales/${file}`]),
);

/** Builds the library. The demo, the stories and the tests have configurations of their own. */
export default defineConfig({
  // Else a merchant's static files would land in `dist`.
  publicDir: false,
  build: {
    target: 'es2022',
    minify: false,
    lib: {
      entry: {
        index: 'src/index.ts',
        server: 'src/server.ts',
        redis: 'src/redis.ts',
        testing: 'src/testing.ts',
        'no-web3': 'src/no-web3.ts',
        ...locales,
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: [/^react($|\/)/, /^react-dom($|\/)/, /^@tanstack\//, /^@coinflowlabs\//, /^@noble\//],
      output: {
        chunkFileNames: '[name].js',
        // Marks the browser's files for server frameworks; the other entries run on servers.
        banner: ({ name }) => (name === 'index' ? "'use client';" : ''),
      },
    },
  },
  plugins: [
    dts({ bundleTypes: true, tsconfigPath: './tsconfig.build.json' }),
    { name: 'styles', closeBundle: () => copyFileSync('src/styles.css', 'dist/styles.css') },
  ],
});
