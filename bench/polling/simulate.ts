import type { Schedule } from './schedules';

/** One user's wait: when the record becomes readable after the POST's answer (ms; `Infinity` for never), and the draw for the jitter. */
interface Wait {
  readonly readableMs: number;
  readonly jitter: number;
}

/** What a schedule costs and gives, over many users. */
export interface Figures {
  /** Ms from readable to the answer that says so, over those who are told before the deadline. */
  readonly meanLagMs: number;
  readonly p95LagMs: number;
  /** Mean reads per user until told or the deadline. */
  readonly reads: number;
}

/** How long a read takes, in ms. The endpoint looks in the middle of it. */
const latencyMs = 80;

/** When a gate stops asking by itself, in ms. */
const deadlineMs = 300_000;

/** Share of users whose record never comes. */
const neverShare = 0.05;

/** ±20 %, one draw for each wait. */
export const jitterRange = [0.8, 1.2] as const;

/** Users whose records become readable after a log-normal time (sigma 0.6) around this median. */
export function logNormal(medianMs: number, users: number): readonly Wait[] {
  return draw(users, medianMs, (random) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return medianMs * Math.exp(0.6 * normal);
  });
}

/** Users whose records become readable at a time between these two, each as likely. */
export function between(fromMs: number, toMs: number, users: number): readonly Wait[] {
  return draw(users, fromMs + toMs, (random) => fromMs + (toMs - fromMs) * random());
}

/** Plays a schedule for these users: a read with the POST's answer, then as the schedule says. */
export function simulate(schedule: Schedule, waits: readonly Wait[]): Figures {
  const lags: number[] = [];
  let allReads = 0;
  for (const { readableMs, jitter } of waits) {
    let leavesMs = 0;
    for (let reads = 1; leavesMs <= deadlineMs; reads++) {
      allReads++;
      const answeredMs = leavesMs + latencyMs;
      if (leavesMs + latencyMs / 2 >= readableMs) {
        lags.push(answeredMs - readableMs);
        break;
      }
      leavesMs = answeredMs + schedule.wait(answeredMs, reads, jitter);
    }
  }
  return { ...summary(lags), reads: allReads / waits.length };
}

/** Mean and 95th percentile of these lags. */
export function summary(lags: readonly number[]): Pick<Figures, 'meanLagMs' | 'p95LagMs'> {
  const sorted = lags.toSorted((a, b) => a - b);
  return {
    meanLagMs: lags.reduce((sum, lag) => sum + lag, 0) / lags.length,
    p95LagMs: sorted[Math.floor(sorted.length * 0.95)] ?? NaN,
  };
}

function draw(users: number, seed: number, readable: (random: () => number) => number): readonly Wait[] {
  const random = mulberry32(seed);
  const [least, most] = jitterRange;
  return Array.from({ length: users }, () => {
    const readableMs = readable(random);
    return {
      readableMs: random() < neverShare ? Infinity : readableMs,
      jitter: least + (most - least) * random(),
    };
  });
}

/** Seeded numbers from 0 to 1, by the generator known under this name, so that every schedule meets the same users. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
