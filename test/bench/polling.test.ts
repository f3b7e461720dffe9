import { expect, test } from 'vitest';
import { pollInterval } from '../../src/gate/polling';
import { readAtMs as holdReadsAtMs } from '../../src/server/hold';
import { measures, shortfall } from '../../bench/polling/front';
import { chosen, competitors } from '../../bench/polling/schedules';
import { logNormal, simulate } from '../../bench/polling/simulate';
import { mostInWindow, ownLimit, worstWindow } from '../../bench/polling/worstWindow';

test('a gate wants no more than one read beyond the eight in 10 s that a page makes', () => {
  expect(worstWindow(chosen)).toBeLessThanOrEqual(ownLimit);
});

test('the wait between two reads never gets shorter', () => {
  const waits = Array.from({ length: 301 }, (_, second) => pollInterval(second * 1_000));
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
});

test("the kit's hold and the browser's first read stay within nine reads in 10 s", () => {
  expect(mostInWindow([-1, ...holdReadsAtMs])).toBeLessThanOrEqual(9);
});

test.each([1.5, 8, 60])('no common schedule is better at both lag and reads where the median is %d s', (median) => {
  const waits = logNormal(median * 1_000, 3_000);
  const rivals = competitors.map((rival) => simulate(rival, waits));
  for (const measure of measures) expect(shortfall(simulate(chosen, waits), rivals, measure)).toBe(0);
});
