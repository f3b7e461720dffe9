import { parseArgs } from 'node:util';
import { type Cell, cells, cpus, networks, redemptions, users } from './conditions';
import { type RowName, rowNames } from './rows';

/** What the bench can measure, in this order. */
export const parts = ['time', 'requests', 'size', 'rendering'] as const;

/** One of {@link parts}. */
export type Part = (typeof parts)[number];

/** What the command line asked for. */
export interface Options {
  readonly parts: readonly Part[];
  readonly runs: number;
  readonly cells: readonly Cell[];
  readonly rows: readonly RowName[];
  /** One run of two cells, for a look; the committed results stay as they are. */
  readonly isQuick: boolean;
  /** Takes `dist` as it is. */
  readonly isBuilt: boolean;
  /** Only says how long it would take. */
  readonly isPlan: boolean;
}

/** How the bench is called. */
export const usage = `npm run bench -- [${parts.join('] [')}] [options]
  --runs <n>            runs of each row in each cell; 5 by default
  --quick               one run of two cells; results go to .cache/bench
  --row <name>          ${rowNames.join(', ')}
  --network <name>      ${Object.keys(networks).join(', ')}
  --cpu <n>             ${cpus.join(', ')}
  --redemption <ms>     ${redemptions.join(', ')}
  --user <kind>         ${users.join(', ')}
  --built               take dist as it is
  --plan                say what would be measured, and how long that takes
Filters may be given several times. The guide's way is measured with every row, since only figures of one run make a ratio.`;

/** Reads the command line. @throws {Error} saying what is wrong with it */
export function parseOptions(args: readonly string[]): Options {
  const list = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      plan: { type: 'boolean', default: false },
      row: list,
      network: list,
      cpu: list,
      redemption: list,
      user: list,
    },
  });
  const isQuick = values.quick;
  const runs = Number(values.runs ?? (isQuick ? 1 : 5));
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1 on.');
  const chosen = {
    network: among('network', values.network ?? (isQuick ? ['fast4g'] : []), Object.keys(networks)),
    cpu: among('cpu', values.cpu ?? (isQuick ? ['1'] : []), cpus.map(String)),
    redemption: among('redemption', values.redemption ?? (isQuick ? ['300'] : []), redemptions.map(String)),
    user: among('user', values.user ?? [], users),
  };
  const wanted = among('row', values.row ?? [], rowNames);
  return {
    parts: positionals.length === 0 ? parts : among('part', positionals, parts),
    runs,
    cells: cells.filter(
      (cell) =>
        chosen.network.includes(cell.network) &&
        chosen.cpu.includes(String(cell.cpu)) &&
        chosen.user.includes(cell.user) &&
        (cell.user === 'returning' || chosen.redemption.includes(String(cell.redemptionMs))),
    ),
    rows: rowNames.filter((name) => name === 'guide' || wanted.includes(name)),
    isQuick,
    isBuilt: values.built,
    isPlan: values.plan,
  };
}

/** What was named, or everything. */
function among<T extends string>(name: string, given: readonly string[], known: readonly T[]): readonly T[] {
  if (given.length === 0) return known;
  return given.map((value) => {
    const found = known.find((one) => one === value);
    if (found === undefined) throw new Error(`There is no ${name} "${value}". Known: ${known.join(', ')}.`);
    return found;
  });
}
