import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { BusyPortError, createSimulator, listen } from '../simulator';
import { createShop, type Upstream } from './backend/createShop';
import { ConfigError, readConfig } from './backend/readConfig';

const port = 5173;
const root = join(import.meta.dirname, '..');
const closing: (() => Promise<unknown>)[] = [];

/** Starts the merchant's site, its backend and, without keys, the simulated services; Ctrl-C ends them all. */
async function start(): Promise<void> {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  const upstream = await openUpstream();
  const shop = createShop(upstream);
  const answer = getRequestListener(shop.fetch, { overrideGlobalObjects: false });
  const site = await createServer({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'warn',
    clearScreen: false,
    plugins: [
      react(),
      {
        name: 'merchant-backend',
        configureServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => (request.url?.startsWith('/api/') ? void answer(request, response) : next()));
        },
      },
    ],
    resolve: {
      alias: { 'kyc-reuse-gate/styles.css': join(root, 'src/styles.css'), 'kyc-reuse-gate': join(root, 'src/index.ts') },
    },
    // Found at the first import otherwise, which reloads the page.
    optimizeDeps: { include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime', '@tanstack/react-query', '@coinflowlabs/react'] },
    server: { host: '127.0.0.1', port, strictPort: true, fs: { allow: [root] } },
  });
  closing.push(() => site.close());
  await site.listen().catch((error: unknown) => {
    throw /already in use/.test(String(error)) ? new BusyPortError(port, 'the demo') : error;
  });
  console.log(`\n  kyc-reuse-gate demo: http://localhost:${port}`);
  console.log(upstream.mode === 'simulator' ? '  On the embedded simulator: no keys, no network. Ctrl-C ends it.\n' : `  On Coinflow's ${upstream.env}. Ctrl-C ends it.\n`);
}

async function openUpstream(): Promise<Upstream> {
  const config = readConfig(process.env);
  if (config.mode === 'live') return config;
  const simulator = createSimulator();
  const { urls, close } = await listen(simulator);
  closing.push(close);
  return { mode: 'simulator', simulator, urls };
}

async function end(code: number): Promise<never> {
  await Promise.allSettled(closing.map((close) => close()));
  process.exit(code);
}

process.once('SIGINT', () => void end(0));
process.once('SIGTERM', () => void end(0));

try {
  await start();
} catch (error) {
  if (!(error instanceof BusyPortError) && !(error instanceof ConfigError)) throw error;
  console.error(`\n  ${error.message}\n`);
  await end(1);
}
