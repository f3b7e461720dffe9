import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Machine, Origin } from './machine';
import type { Wait } from './measureWait';
import type { Rendering } from './rendering';
import type { RequestCounts } from './requests';
import type { RowName } from './rows';
import type { Sizes } from './sizes';

/** One row in one cell. */
export interface Waits extends Origin {
  readonly runs: readonly Wait[];
  /** The guide's way, measured between these runs, in ms. Ratios are made of these alone. */
  readonly guideMs: readonly number[];
}

/** Everything measured so far. Parts and cells may come from different days; each says from which. */
export interface Results {
  readonly machine?: Machine;
  /** By name of the cell. */
  readonly time?: Readonly<Record<string, { readonly [Name in RowName]?: Waits }>>;
  readonly requests?: Origin & { readonly counts: readonly RequestCounts[] };
  readonly size?: Origin & Sizes;
  readonly rendering?: Origin & Rendering;
}

/** Reads `results.json` of a folder; nothing where there is none. */
export function readResults(folder: string): Results {
  const file = join(folder, 'results.json');
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')) as Results;
}

/** Writes `results.json` into a folder, in the repository's own format. */
export async function writeResults(folder: string, results: Results): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const text = await format(JSON.stringify(results), { parser: 'json', printWidth: 120 });
  writeFileSync(join(folder, 'results.json'), text);
}
