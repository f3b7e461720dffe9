import { graceMs } from '../contract/limits';
import type { WithdrawerRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import { KitError, kitErrors } from './answers';
import { createMemoryStore } from './store';

/** Limits each user to one registration at a time, and remembers the last result for a while. */
export interface Registrations {
  /**
   * Registers, unless a registration of this user is pending or recent: then that one's result is the answer. So a
   * reload or another tab never costs a second token.
   *
   * @param userKey from `userKeyOf`
   * @param sent the browser's token, if it sent one
   * @returns the record in Coinflow's answer; `null` if it held none, or if an earlier registration answers
   * @throws {KitError} what `register` throws; `tokenRefused`, without registering, if this browser token was sent to
   *   Coinflow before and may be used up
   */
  once(userKey: string, sent: ShareToken | undefined, register: () => Answer): Answer;
}

type Answer = Promise<WithdrawerRecord | null>;

/** The answer of a finished registration to those that follow. */
interface Standing {
  readonly answer: () => Answer;
  /** Hash of the browser's token whose answer was lost. A different token needn't wait for it. */
  readonly hash: string | undefined;
}

/**
 * How long an accepted registration answers for later ones, in ms. Redemption takes seconds, and Coinflow
 * allows 3 registrations a minute.
 */
const redemptionMs = 60_000;

/** How long a spent token is remembered, in ms. That outlives both the token and the page that holds it. */
const spentMs = 3_600_000;

/** Creates the registrations of this process. */
export function createRegistrations(): Registrations {
  const underWay = new Map<string, Answer>();
  const standing = createMemoryStore<Standing>();
  /** Keyed by user and token hash. */
  const spent = createMemoryStore<true>();

  async function registerAlone(userKey: string, hash: string | undefined, register: () => Answer): Answer {
    const spend = () => hash && spent.set(userKey + hash, true, spentMs);
    try {
      const record = await register();
      spend();
      standing.set(userKey, { answer: () => Promise.resolve(null), hash: undefined }, redemptionMs);
      return record;
    } catch (error) {
      if (error instanceof KitError && !kitErrors[error.code].notSent) {
        spend();
        // The outcome is unknown. The record may still appear during the grace period, so don't risk a second token.
        const answer = () => Promise.reject(error);
        if (error.code !== 'tokenRefused') standing.set(userKey, { answer, hash }, graceMs);
      }
      throw error;
    } finally {
      underWay.delete(userKey);
    }
  }

  return {
    async once(userKey, sent, register) {
      const hash = sent && (await hashOf(sent));
      const other = underWay.get(userKey);
      if (other) return other;
      const before = standing.get(userKey);
      if (before && (!hash || !before.hash || hash === before.hash)) return before.answer();
      if (hash && spent.get(userKey + hash)) {
        throw new KitError('tokenRefused', {
          message:
            'This share token was already sent to Coinflow and may be used up. Pass the gate a new one, or a function that fetches one.',
        });
      }
      const answer = registerAlone(userKey, hash, register);
      underWay.set(userKey, answer);
      return answer;
    },
  };
}

/** Tokens are compared by their SHA-256 hash, so that none is kept. */
async function hashOf({ shareToken }: ShareToken): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(shareToken))).join('.');
}
