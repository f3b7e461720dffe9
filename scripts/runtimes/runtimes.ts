/** The versions that are run. Bun, Deno and workerd come from the registry, as packages for one platform each. */
export const versions = {
  express: '5.3.0',
  fastify: '5.12.8',
  hono: '4.13.19',
  '@hono/node-server': '2.1.9',
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  bun: '1.4.5',
  deno: '2.9.6',
  workerd: '1.20261117.1',
} as const;

/** One URL of an app. */
export interface Endpoint {
  readonly path: string;
  /** The runtime ends a request's work when the browser leaves, and nothing asks it not to. */
  readonly losesWork?: boolean;
}

/** How one runtime starts its app from test/runtimes. `$PORT` stands for the port. */
export interface Runtime {
  /** The heading in docs/runtimes.md, and what `-- <part of a name>` picks by. */
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** The file whose code docs/runtimes.md shows. */
  readonly app: string;
  /** What the app needs beside the kit; `undefined` if this platform has no package of the runtime. */
  readonly packages: readonly string[] | undefined;
  /** Runs once, in the app's folder. */
  readonly build?: readonly string[];
  readonly start: readonly string[];
  /** @default /api/kyc */
  readonly endpoints?: readonly Endpoint[];
  /** The framework's own parser answers a malformed body, with 400. @default the kit does, with 422 */
  readonly parsesBodies?: boolean;
}

const platform = `${process.platform}-${process.arch}`;

/** The packages with the executables, by `<process.platform>-<process.arch>`. */
const bun = byPlatform({
  'linux-x64': '@oven/bun-linux-x64',
  'linux-arm64': '@oven/bun-linux-aarch64',
  'darwin-x64': '@oven/bun-darwin-x64',
  'darwin-arm64': '@oven/bun-darwin-aarch64',
});
const deno = byPlatform({
  'linux-x64': '@deno/linux-x64-glibc',
  'linux-arm64': '@deno/linux-arm64-glibc',
  'darwin-x64': '@deno/darwin-x64',
  'darwin-arm64': '@deno/darwin-arm64',
});
const workerd = byPlatform({
  'linux-x64': '@cloudflare/workerd-linux-64',
  'linux-arm64': '@cloudflare/workerd-linux-arm64',
  'darwin-x64': '@cloudflare/workerd-darwin-64',
  'darwin-arm64': '@cloudflare/workerd-darwin-arm64',
});

/** The quick ones first. */
export const runtimes: readonly Runtime[] = [
  {
    name: 'node:http',
    version: process.versions.node,
    folder: 'node',
    app: 'app.js',
    packages: [],
    start: ['node', 'app.js'],
  },
  {
    name: 'Express',
    version: versions.express,
    folder: 'express',
    app: 'app.js',
    packages: pinned('express'),
    start: ['node', 'app.js'],
    parsesBodies: true,
  },
  {
    name: 'Fastify',
    version: versions.fastify,
    folder: 'fastify',
    app: 'app.js',
    packages: pinned('fastify'),
    start: ['node', 'app.js'],
    parsesBodies: true,
  },
  {
    name: 'Hono',
    version: versions.hono,
    folder: 'hono',
    app: 'app.js',
    packages: pinned('hono', '@hono/node-server'),
    start: ['node', 'app.js'],
  },
  {
    name: 'Bun',
    version: versions.bun,
    folder: 'bun',
    app: 'app.js',
    packages: only(bun, versions.bun),
    start: [`node_modules/${bun}/bin/bun`, 'app.js'],
  },
  {
    name: 'Deno',
    version: versions.deno,
    folder: 'deno',
    app: 'app.js',
    packages: only(deno, versions.deno),
    start: [`node_modules/${deno}/deno`, 'run', '--allow-net', '--allow-env', '--allow-read', 'app.js'],
  },
  {
    name: 'Cloudflare Workers',
    version: versions.workerd,
    folder: 'workerd',
    app: 'app.js',
    packages: only(workerd, versions.workerd),
    build: [
      ...['rolldown', 'entry.js', '--file', 'bundle.js', '--platform', 'neutral'],
      ...['--external', 'cloudflare:workers', '--external', 'node:process'],
    ],
    start: [`node_modules/${workerd}/bin/workerd`, 'serve', 'config.capnp', '--socket-addr=http=127.0.0.1:$PORT'],
    endpoints: [{ path: '/api/kyc' }, { path: '/bare/api/kyc', losesWork: true }],
  },
  {
    name: 'Next.js',
    version: versions.next,
    folder: 'next',
    app: 'app/api/kyc/route.js',
    packages: pinned('next', 'react', 'react-dom'),
    build: ['node_modules/.bin/next', 'build'],
    start: ['node_modules/.bin/next', 'start', '--hostname', '127.0.0.1', '--port', '$PORT'],
    endpoints: [{ path: '/api/kyc' }, { path: '/cached/api/kyc' }],
  },
];

function byPlatform(packages: Readonly<Record<string, string>>): string | undefined {
  return packages[platform];
}

function only(name: string | undefined, version: string): string[] | undefined {
  return name === undefined ? undefined : [`${name}@${version}`];
}

function pinned(...names: readonly (keyof typeof versions)[]): string[] {
  return names.map((name) => `${name}@${versions[name]}`);
}
