import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, loadedBy, peers, sizeOf } from '../scripts/bundleSize';
import { measureOwnSizes, type OwnSize } from '../scripts/ownSizes';

/** A React package that puts a provider's own interface into a page, as this one does. */
export interface OtherSize {
  readonly name: string;
  readonly version: string;
  /** Everything the package exports, peers left out. */
  readonly bytes: number;
  /** Packages that are asked for beside it, and not counted. */
  readonly peers: readonly string[];
}

/** Sizes of this package and of others, by the same bundler. */
export interface Sizes {
  readonly own: readonly OwnSize[];
  /** The entry with TanStack Query in it, for pages that have no other use for that. */
  readonly entryWithQueryBytes: number;
  readonly others: readonly OtherSize[];
}

/** Pinned, so that the table changes only when somebody means it to. */
const others = {
  'react-plaid-link': '5.0.0',
  '@stripe/react-stripe-js': '7.0.1',
  '@stripe/react-connect-js': '3.4.4',
  '@sumsub/websdk-react': '2.9.0',
  persona: '5.9.0',
  '@clerk/react': '6.18.0',
};

/** What they want beside them; npm installs it by itself where it is a peer. */
const react = { react: '19.3.1', 'react-dom': '19.3.1' };

/** Measures `dist`, and the others in a folder of their own. */
export async function measureSizes(): Promise<Sizes> {
  const all = await bundle("export * from 'kyc-reuse-gate';", {
    external: peers.filter((peer) => !peer.test('@tanstack/react-query')),
  });
  return {
    own: await measureOwnSizes(),
    entryWithQueryBytes: sizeOf(all, loadedBy(all).first),
    others: await measureOthers(),
  };
}

async function measureOthers(): Promise<OtherSize[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kyc-sizes-'));
  try {
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies: { ...react, ...others } }),
    );
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--legacy-peer-deps'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
    });
    return await Promise.all(Object.keys(others).map((name) => measureOther(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureOther(folder: string, name: string): Promise<OtherSize> {
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as {
    version: string;
    peerDependencies?: Record<string, string>;
  };
  const wanted = Object.keys(manifest.peerDependencies ?? {});
  const chunks = await bundle(`import * as all from '${name}'; export { all };`, {
    folder,
    external: [...peers, ...wanted.map((peer) => new RegExp(`^${peer}($|/)`))],
  });
  return {
    name,
    version: manifest.version,
    bytes: sizeOf(chunks, loadedBy(chunks).first),
    peers: wanted.filter((peer) => !(peer in react) && !peer.startsWith('@types/')),
  };
}
