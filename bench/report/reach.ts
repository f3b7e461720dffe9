/** Something the design set out to reach, and whether it did. */
export interface Reach {
  readonly aim: string;
  /** `undefined` where it has not been measured. */
  readonly isReached: boolean | undefined;
  /** The figures. */
  readonly found: string;
}

/** A table of aims. */
export function reachTable(reaches: readonly Reach[]): string {
  const words = (isReached: boolean | undefined) =>
    isReached === undefined ? 'not measured' : isReached ? 'reached' : '**not reached**';
  return table(
    ['aim', '', 'found'],
    reaches.map(({ aim, isReached, found }) => [aim, words(isReached), found]),
  );
}

/** A Markdown table. @param right the first column that is set to the right */
export function table(head: readonly string[], rows: readonly (readonly string[])[], right = head.length): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, index) => (index >= right ? '--:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}
