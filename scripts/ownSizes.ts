import { readdirSync } from 'node:fs';
import { bundle, cssSize, loadedBy, sizeOf } from './bundleSize';

/** A part of what is shipped to browsers: bytes, minified and gzipped, peers left out. */
export interface OwnSize {
  readonly name: string;
  readonly bytes: number;
  /** The most it may have; missing where only the figure is of interest. */
  readonly budget?: number;
}

/**
 * The wish was 13,000 B for the entry and 7,500 B for the hook. Prefetching, held and confirmed POSTs, a server's word
 * that there is no record, session keys that expire, connecting to Coinflow ahead of the frame, and held reads
 * (250 B) came in since: each spares the user a round trip, a dead form or polling, and time to form comes before bytes.
 */
const entryBudget = 15_800;
const hookBudget = 10_450;
/** What a page loads later: Coinflow's component is not in it. */
const formBudget = 2_800;
const localeBudget = 1_600;

/** Measures `dist`. */
export async function measureOwnSizes(): Promise<OwnSize[]> {
  const entry = await bundle("export * from 'kyc-reuse-gate';");
  const { first, later } = loadedBy(entry);
  const [form, ...others] = later;
  const prefetch = exportsName(entry, 'prefetchKycReuse')
    ? await firstLoad("export { prefetchKycReuse } from 'kyc-reuse-gate';")
    : undefined;
  const locales = readdirSync('dist/locales').filter((name) => name.endsWith('.js'));
  return [
    { name: 'Entry, all of it', bytes: sizeOf(entry, first), budget: entryBudget },
    {
      name: 'Hook alone',
      bytes: await firstLoad("export { useKycReuseGate } from 'kyc-reuse-gate';"),
      budget: hookBudget,
    },
    ...(prefetch === undefined ? [] : [{ name: 'Prefetch alone', bytes: prefetch }]),
    ...(form
      ? [{ name: `Form, loaded later (${form.name})`, bytes: sizeOf(entry, form.files), budget: formBudget }]
      : []),
    // A second chunk of ours is one more thing that may fail to come, and competes with Coinflow's.
    ...others.map(({ name, files }) => ({ name: `One more chunk (${name})`, bytes: sizeOf(entry, files), budget: 0 })),
    { name: 'styles.css', bytes: await cssSize(), budget: 2_000 },
    ...(await Promise.all(
      locales.map(async (file) => ({
        name: `locales/${file}`,
        bytes: await firstLoad(`export * from 'kyc-reuse-gate/locales/${file}';`),
        budget: localeBudget,
      })),
    )),
  ];
}

async function firstLoad(code: string): Promise<number> {
  const chunks = await bundle(code);
  return sizeOf(chunks, loadedBy(chunks).first);
}

function exportsName(chunks: Awaited<ReturnType<typeof bundle>>, name: string): boolean {
  return chunks.some((chunk) => chunk.isEntry && chunk.exports.includes(name));
}
