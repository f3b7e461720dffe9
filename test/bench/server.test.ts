import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aims } from '../../bench/server/figures';
import { reportOf } from '../../bench/server/report';

const results = readFileSync('bench/server/RESULTS.md', 'utf8');
const rowsOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
    .filter(([aim]) => (Object.values(aims) as string[]).includes(aim ?? ''));

describe('the committed results of `npm run bench:server`', () => {
  it('have a row for every aim, in order, with a verdict and what was found', () => {
    const rows = rowsOf(results);
    expect(rows.map(([aim]) => aim)).toEqual(Object.values(aims));
    for (const [, verdict, found] of rows) {
      expect(['reached', '**not reached**']).toContain(verdict);
      expect(found).toMatch(/\d/);
    }
  });

  it('say where, when and of what they were measured', () => {
    expect(results).toMatch(
      /\d+ cores, \d+ GiB, .*Node \d+\.\d+\.\d+\. The machine was (not )?idle.* Measured \d{4}-\d\d-\d\d, [\da-f]{10}/,
    );
  });
});

it('an aim that nothing measured is in the table, and is not called reached', () => {
  const rows = rowsOf(reportOf([{ title: 'Some', text: '', found: { wake: { isReached: true, found: '1 ms' } } }], 0));
  expect(rows.map(([, verdict]) => verdict)).toEqual(
    Object.keys(aims).map((aim) => (aim === 'wake' ? 'reached' : 'not measured')),
  );
});
