import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import react from '@vitejs/plugin-react';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import type { Backend } from './backend/createBackend';

const library = join(import.meta.dirname, '..', 'src');

/** The merchant's site: its backend under `/api`, its pages from Vite, the library straight from its sources. */
export function createSite(backend: Backend, port: number): Promise<ViteDevServer> {
  return createServer({
    configFile: false,
    root: join(import.meta.dirname, 'page'),
    logLevel: 'warn',
    clearScreen: false,
    // Keys in `.env` are for the backend.
    envDir: false,
    plugins: [react(), backendPlugin(backend)],
    resolve: {
      alias: [
        { find: /^kyc-reuse-gate$/, replacement: join(library, 'index.ts') },
        { find: /^kyc-reuse-gate\/styles\.css$/, replacement: join(library, 'styles.css') },
      ],
    },
    // What loads later, with the form, is prepared at the start as well: found on the way, it would reload the page in the middle of a run.
    optimizeDeps: {
      include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', '@tanstack/react-query', '@coinflowlabs/react'],
    },
    // The first visitor should time the providers, not the development server.
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      cors: false,
      warmup: { clientFiles: ['./main.tsx', './UngatedForm.tsx', `${library}/client/*.ts`, `${library}/react/*.tsx`] },
    },
  });
}

function backendPlugin(backend: Backend): Plugin {
  const listener = getRequestListener((request, { incoming }) => backend(request, () => incoming.socket.destroy()), {
    overrideGlobalObjects: false,
  });
  return {
    name: 'lumen-backend',
    configureServer({ middlewares }) {
      middlewares.use((incoming, outgoing, next) => {
        if (incoming.url?.startsWith('/api/')) void listener(incoming, outgoing);
        else next();
      });
    },
  };
}
