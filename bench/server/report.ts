import { machineNow, originNow } from '../machine';
import { reachTable } from '../report/reach';
import { type Aim, aims, type Section } from './figures';

/** A machine whose run queue is shorter than this when the bench begins counts as idle. */
const idleLoad = 0.3;

/** `RESULTS.md`: where and of what it was measured, the aims, then each section. @param load of the machine when the bench began */
export function reportOf(sections: readonly Section[], load: number): string {
  const { cpu, cores, memoryGiB, system, versions } = machineNow(undefined);
  const { date, commit } = originNow();
  const found: Section['found'] = Object.assign({}, ...sections.map((section) => section.found)) as Section['found'];
  const rows = (Object.keys(aims) as Aim[]).map((aim) => ({
    aim: aims[aim],
    ...(found[aim] ?? { isReached: undefined, found: '' }),
  }));
  const idleness =
    load < idleLoad
      ? 'The machine was idle.'
      : `The machine was not idle: its load was ${load.toFixed(1)} when the bench began.`;
  return `# Results of \`npm run bench:server\`

Made by \`npm run bench:server\`; not written by hand. Instance, load and Coinflow are processes of their own on one machine, over loopback: ratios of one run compare, absolute figures are this machine's.

${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}. Node ${versions.Node}. ${idleness} Measured ${date}, ${commit}.

${reachTable(rows)}

${sections.map(({ title, text }) => `## ${title}\n\n${text}`).join('\n\n')}
`;
}
