import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { built, gateModule, web3StandIn } from './features';
import type { Row } from './rows';

/** A file as it goes over the wire. */
export interface ServedFile {
  readonly type: string;
  /** Gzipped. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Before gzip, for what has to be changed on the way. */
  readonly text: string;
}

/** A built page: files by path below its own address. */
export type BuiltPage = ReadonlyMap<string, ServedFile>;

interface PageOptions extends Pick<Row, 'withoutWeb3' | 'isPrefetched' | 'isRecordGiven'> {
  /** Folder in `pages`. */
  readonly page: string;
  readonly endpoint: string;
  readonly outDir: string;
  /** React's production build with the profiler in it, and maps back to the sources. */
  readonly isProfiled?: boolean;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.map': 'application/json',
};

/** Builds one page as a merchant's production build would: minified, from the built library. */
export async function buildPage(options: PageOptions): Promise<BuiltPage> {
  const { page, endpoint, outDir, withoutWeb3, isPrefetched, isRecordGiven, isProfiled = false } = options;
  const standIn = withoutWeb3 ? web3StandIn() : undefined;
  await build({
    root: join(import.meta.dirname, 'pages', page),
    configFile: false,
    envDir: false,
    publicDir: false,
    // Relative, so that a page does not know where it is served.
    base: './',
    logLevel: 'error',
    define: {
      __ENDPOINT__: JSON.stringify(endpoint),
      __IS_PREFETCHED__: JSON.stringify(isPrefetched ?? false),
      __IS_RECORD_GIVEN__: JSON.stringify(isRecordGiven ?? false),
    },
    plugins: [
      react(),
      {
        name: 'bench-gate',
        resolveId: (id) => (id === 'virtual:bench-gate' ? `\0${id}` : undefined),
        load: (id) => (id === '\0virtual:bench-gate' ? gateModule() : undefined),
      },
    ],
    resolve: {
      alias: [
        { find: /^kyc-reuse-gate\/styles\.css$/, replacement: built.styles },
        ...(standIn ? [{ find: /^@solana\/web3\.js$/, replacement: standIn }] : []),
        ...(isProfiled ? [{ find: /^react-dom\/client$/, replacement: 'react-dom/profiling' }] : []),
      ],
    },
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: isProfiled ? 'hidden' : false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
    },
  });
  const files = new Map<string, ServedFile>();
  for (const file of await readdir(outDir, { recursive: true })) {
    const type = types[extname(file)];
    if (type === undefined) continue;
    const text = await readFile(join(outDir, file), 'utf8');
    files.set(file, { type, text, content: new Uint8Array(gzipSync(text, { level: 9 })) });
  }
  return files;
}
