import { graceMs } from '../contract/limits';
import type { Deadline } from './deadline';
import type { KycStore } from './store';

/** How long a lease outlives a holder that died, in ms: as long as others wait for nothing. */
const leaseMs = 6_000;

/** How often a holder renews its lease, in ms: two renewals may be late or lost. */
const renewMs = 2_000;

/**
 * How long a registration may stay undecided for those who don't hear of it any more, in ms: its holder's lease has
 * ended, and a token that it sent has had its grace.
 */
export const undecidedMs = leaseMs + graceMs;

/** The right to register a user, held by one request among all instances. */
export interface Lease {
  /** Prolongs it. @returns `false` if it ended meanwhile: another request may hold it now */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Thrown inside an attempt that may no longer send: its lease has ended, or the store has just failed. */
export class LeaseLost extends Error {}

/**
 * Takes a lease and renews it until it is released. If the process or the request dies, nobody renews it, and it ends by
 * itself.
 *
 * @param deadline the request's: nothing is renewed once that is over
 * @param alsoRenew prolongs what must outlive the lease
 * @returns `undefined` if somebody holds it
 */
export async function takeLease(
  store: KycStore,
  key: string,
  value: string,
  deadline: Deadline,
  alsoRenew: () => Promise<unknown>,
): Promise<Lease | undefined> {
  if (!(await store.claim(key, value, leaseMs))) return undefined;
  const renew = () => store.renew(key, value, leaseMs);
  const beat = setInterval(() => {
    if (deadline.leftMs() === 0) clearInterval(beat);
    // One that fails is followed by another.
    else void Promise.all([renew(), alsoRenew()]).catch(() => {});
  }, renewMs);
  return {
    renew,
    release() {
      clearInterval(beat);
      return store.release(key, value);
    },
  };
}
