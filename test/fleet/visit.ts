import { setTimeout as wait } from 'node:timers/promises';
import { createGate } from '../../src/client/gate';
import type { Fleet } from './openFleet';

/** Users who come in the course of some time. */
export interface Crowd {
  /** Begins the id of each. */
  readonly name: string;
  readonly users: number;
  readonly withinMs: number;
  /** How long each waits, in ms. */
  readonly patienceMs: number;
}

/** How a crowd fared. */
export interface Fared {
  readonly users: number;
  /** Those whose forms didn't open in time. */
  readonly stuck: string[];
  /** Those for whom Coinflow took two tokens. */
  readonly doubles: string[];
  /** Those of whom Coinflow took no token. */
  readonly missed: string[];
  /** Median and longest time until the form opened, in ms, of users with one device and with two. */
  readonly oneMs: readonly [median: number, longest: number];
  readonly twoMs: readonly [median: number, longest: number];
}

/** Every third user opens the page on two devices at once, which share no lock: only the kit keeps them apart. */
export async function visit(fleet: Fleet, { name, users, withinMs, patienceMs }: Crowd): Promise<Fared> {
  const ids = Array.from({ length: users }, (_, i) => `${name}-${i}`);
  const stuck: string[] = [];
  const times: Record<1 | 2, number[]> = { 1: [], 2: [] };
  await Promise.all(
    ids.map(async (userId, i) => {
      await wait((i / users) * withinMs);
      const devices = (i % 3 === 0 ? ['phone', 'laptop'] : ['phone']).map((device) =>
        openPage(fleet, userId, device, patienceMs),
      );
      for (const ms of await Promise.all(devices)) {
        if (ms === undefined) stuck.push(userId);
        else times[i % 3 === 0 ? 2 : 1].push(ms);
      }
    }),
  );
  const fared: Fared = {
    users,
    stuck,
    doubles: ids.filter((userId) => fleet.registrations(userId) > 1),
    missed: ids.filter((userId) => fleet.registrations(userId) === 0),
    oneMs: spreadOf(times[1]),
    twoMs: spreadOf(times[2]),
  };
  console.log(
    `${name}: ${JSON.stringify({ ...fared, errors: fleet.instances.map(({ errors }) => countsOf(errors)) })}`,
  );
  return fared;
}

/**
 * The real gate on one device of a user.
 *
 * @returns how long it took until the form opened, in ms; `undefined` if that took longer than `patienceMs`
 */
function openPage(fleet: Fleet, userId: string, device: string, patienceMs: number): Promise<number | undefined> {
  const beganAt = performance.now();
  const gate = createGate({
    // A page of its own: the gates of one page share what they know.
    endpoint: `/api/kyc?device=${device}`,
    subject: userId,
    request: { headers: { 'x-test-user': userId }, fetch: fleet.ask },
  });
  return new Promise((resolve) => {
    const timer = setTimeout(end, patienceMs);
    const leave = gate.subscribe(look);
    function look() {
      if (gate.getState().status === 'ready') end();
    }
    function end() {
      clearTimeout(timer);
      leave();
      resolve(gate.getState().status === 'ready' ? performance.now() - beganAt : undefined);
    }
  });
}

function countsOf(errors: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of errors) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function spreadOf(times: number[]): [median: number, longest: number] {
  times.sort((a, b) => a - b);
  return [Math.round(times[Math.floor(times.length / 2)] ?? NaN), Math.round(times.at(-1) ?? NaN)];
}
