import { median } from '../median';
import type { Results } from '../results';
import { rows } from '../rows';
import { type Reach, reachTable, table } from './reach';

/** Requests of a first-time user. */
export function requestsSection({ counts, date, commit }: NonNullable<Results['requests']>): string {
  const kit = counts.filter(({ row }) => row === 'kit');
  const reach: Reach = {
    aim: 'Kit: 1 GET, 1 POST, 1 session key, none after opening',
    isReached: kit.every((it) => it.get === 1 && it.post === 1 && it.sessionKey === 1 && it.afterOpening === 0),
    found: kit.map((it) => `${it.get}, ${it.post}, ${it.sessionKey}, ${it.afterOpening}`).join(' · '),
  };
  return [
    'What the backend’s log holds of one first-time user, unthrottled, and of the 6 s after opening.',
    '',
    table(
      ['', 'redemption', 'GET', 'POST', 'session key', 'after opening', 'Coinflow’s page'],
      counts.map((it) => [
        rows[it.row].title,
        `${it.redemptionMs / 1_000} s`,
        ...[it.get, it.post, it.sessionKey, it.afterOpening, it.openings].map(String),
      ]),
      2,
    ),
    '',
    reachTable([reach]),
    '',
    `Measured ${date}, ${commit}.`,
  ].join('\n');
}

/** Sizes of ours, and of others. */
export function sizeSection({ own, others, entryWithQueryBytes, date, commit }: NonNullable<Results['size']>): string {
  const [entry] = own;
  const compared = [
    ...others.map(({ name, version, bytes, peers }) => ({
      name: `${name} ${version}`,
      bytes,
      peers: peers.join(', '),
    })),
    ...(entry
      ? [{ name: 'kyc-reuse-gate, all of it', bytes: entry.bytes, peers: '@tanstack/react-query, @coinflowlabs/react' }]
      : []),
    { name: 'kyc-reuse-gate with TanStack Query in it', bytes: entryWithQueryBytes, peers: '@coinflowlabs/react' },
  ].sort((a, b) => a.bytes - b.bytes);
  return [
    'Minified and gzipped, peers left out.',
    '',
    table(
      ['', 'bytes', 'budget', ''],
      own.map(({ name, bytes, budget }) => [
        name,
        format(bytes),
        budget === undefined ? '' : format(budget),
        budget === undefined ? '' : bytes <= budget ? 'reached' : '**not reached**',
      ]),
      1,
    ),
    '',
    'Beside other React packages that put a provider’s own interface into a page: everything each exports, by the same bundler, `react` and peers left out. Most of them load the provider’s own script at run time, which is in no figure here, nor is Coinflow’s component.',
    '',
    table(
      ['', 'bytes', 'peers left out'],
      compared.map(({ name, bytes, peers }) => [name, format(bytes), peers]),
      1,
    ),
    '',
    `Measured ${date}, ${commit}.`,
  ].join('\n');
}

/** What rendering costs. */
export function renderingSection(rendering: NonNullable<Results['rendering']>): string {
  const { merchantRenders, states, renders, commits, shifts, slow, date, commit } = rendering;
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);
  const longest = median(slow.map(({ longestOfOursMs }) => longestOfOursMs));
  const inWords = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([state, count]) => `${state} ${count}`)
      .join(', ');
  // Each state, and that the form is seen.
  const changes = states.length + 1;
  return [
    reachTable([
      {
        aim: 'The merchant’s tree renders 0 times while the gate waits',
        isReached: merchantRenders === 0,
        found: String(merchantRenders),
      },
      {
        aim: 'The gate renders at most once per change of state, and once more when the form is seen',
        isReached: sum(renders) <= changes,
        found: `${sum(renders)} renders (${inWords(renders)}), ${sum(commits)} commits in its tree, ${changes} changes (${states.join(', ')}, seen)`,
      },
      {
        aim: `The frame’s \`src\` is set once, over ${format(rendering.parentRenders)} renders of its parent with fresh inline props`,
        isReached: rendering.sourcesSet === 1 && rendering.openings === 1,
        found: `set ${rendering.sourcesSet} ×, page asked for ${rendering.openings} ×`,
      },
      {
        aim: 'No task of ours above 50 ms at 4× CPU',
        isReached: longest <= 50,
        found: `longest of ours ${longest} ms (median of ${slow.length} visits: ${slow.map(({ longestOfOursMs }) => longestOfOursMs).join(', ')})`,
      },
      {
        aim: 'CLS 0 from the first frame to the open form',
        isReached: shifts.every((shift) => shift === 0),
        found: shifts.map((shift) => (shift === 0 ? '0' : shift.toFixed(4))).join(', '),
      },
    ]),
    '',
    'Tasks above 50 ms on the page’s main thread in the last of these visits, Fast 4G at 4× CPU, from navigation to the open form; *ours* is what this package’s code took, with all it called (thread time, by samples):',
    '',
    table(
      ['task', 'of that ours', 'mostly'],
      (slow.at(-1)?.longTasks ?? []).map(({ ms, oursMs, mostly }) => [`${ms} ms`, `${oursMs} ms`, mostly]),
    ),
    '',
    `Measured ${date}, ${commit}.`,
  ].join('\n');
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
