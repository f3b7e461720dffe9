import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breachesOf } from './invariants';
import { coreGates } from './openCoreGate';
import { playSchedule } from './playSchedule';
import { schedule } from './Schedule';
import type { Event, Trace } from './Trace';

const runs = { numRuns: 200, seed: 7, endOnFailure: true };

it('sees the same with light requests and signals as with those of Node', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(schedule, async (given) => {
      const light = await playSchedule(given, coreGates);
      const heavy = await playSchedule(given, coreGates, { heavyWeb: true });
      expect(firstDifference(light, heavy)).toBeUndefined();
    }),
    runs,
  ),
);

it('sees nothing new in a quiet once it is steady', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(schedule, async (given) => {
      const full = await playSchedule(given, coreGates);
      const steady = await playSchedule(given, coreGates, { quiet: 'steady' });
      expect(breachesOf(steady)).toEqual(breachesOf(full));
      const end = steady.findIndex(({ is }) => is === 'settled' || is === 'left');
      expect(firstDifference(full.slice(0, end), steady.slice(0, end))).toBeUndefined();
    }),
    runs,
  ),
);

/** The first two events that differ in what two runs can share. */
function firstDifference(...traces: [Trace, Trace]): readonly [string, string] | undefined {
  // A warning is written once per page, and both runs share one.
  const [one, other] = traces.map((trace) => trace.filter((event) => event.is !== 'text' || event.where !== 'console'));
  if (!one || !other) return undefined;
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const both = [comparable(one[index]), comparable(other[index])] as const;
    if (both[0] !== both[1]) return both;
  }
  return undefined;
}

/** Without the numbers of secrets and of endpoints, and what a cache holds beside records: page-wide counters. */
function comparable(event: Event | undefined): string {
  if (event?.is === 'text' && event.where === 'the query cache') return `the query cache at ${event.at}`;
  return JSON.stringify(event)?.replace(/(-token|-key)-\d+|kyc(\/|%2F)\d+/g, '$1') ?? 'nothing';
}
