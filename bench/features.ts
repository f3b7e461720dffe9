import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Server from 'kyc-reuse-gate/server';
import type { Row } from './rows';

/** The built library, as a merchant would get it. Every name of it that the bench relies on stands in this file and in `pages/gate`. */
export const built = {
  entry: resolve('dist/index.js'),
  styles: resolve('dist/styles.css'),
  server: resolve('dist/server.js'),
  noWeb3: resolve('dist/no-web3.js'),
};

/** The server kit that was built. */
export async function importKit(): Promise<typeof Server> {
  return (await import(pathToFileURL(built.server).href)) as typeof Server;
}

/** What `virtual:bench-gate` is in this tree. */
export function gateModule(): string {
  const entry = JSON.stringify(built.entry);
  return hasPrefetch()
    ? `export { KycReuseGate, prefetchKycReuse } from ${entry};`
    : `export { KycReuseGate } from ${entry}; export const prefetchKycReuse = undefined;`;
}

function hasPrefetch(): boolean {
  return /\bprefetchKycReuse\b/.test(readFileSync(built.entry, 'utf8'));
}

/** Why a row can't be measured in this tree; `undefined` where it can. */
export async function missingFor(row: Row): Promise<string | undefined> {
  if (row.isPrefetched && !hasPrefetch()) return 'this tree has no prefetchKycReuse';
  if (row.withoutWeb3 && row.page === 'gate' && !existsSync(built.noWeb3))
    return 'this tree has no kyc-reuse-gate/no-web3';
  if (row.isRecordGiven && !(await tellsOfNothing()))
    return 'readInitialRecord of this tree says nothing of an absent record';
  return undefined;
}

/** Whether a server render can say that it has read and found nothing. */
async function tellsOfNothing(): Promise<boolean> {
  const { createKycReuseHandler } = await importKit();
  const kit = createKycReuseHandler({
    coinflow: {
      apiKey: 'key',
      env: 'sandbox',
      fetch: () => Promise.resolve(Response.json({ message: 'No withdrawer associated' }, { status: 401 })),
    },
    authenticate: () => null,
    shareTokens: () => null,
  });
  return (await kit.readInitialRecord({ userId: 'nobody' })) !== null;
}

/** Stand-in for `@solana/web3.js`; the limit has one even where this tree has none. */
export function web3StandIn(): string | undefined {
  return existsSync(built.noWeb3) ? built.noWeb3 : undefined;
}
