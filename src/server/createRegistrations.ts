import { graceMs } from '../contract/graceMs';
import type { ShareToken } from '../contract/vendors';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { createMemory } from './createMemory';
import { KitError } from './KitError';
import { kitErrors } from './kitErrors';
import { toHex } from './toHex';

/** What this process knows of its registrations. */
export interface Registrations {
  /**
   * One registration at a time for a user; whoever comes meanwhile gets the same answer. What came of it stands for a while: a page that was reloaded,
   * or another tab, finds no record yet and asks again.
   *
   * @param user the same text for the same user
   * @param sent the browser's token, where it sent one
   * @throws {KitError} `tokenRefused`, without a registration: this user's browser token went to Coinflow before, and may be used up
   */
  once(user: string, sent: ShareToken | undefined, register: () => Answer): Answer;
}

type Answer = Promise<WithdrawerRecord | null>;

/** What came of a registration, in place of another one. */
interface Standing {
  readonly answer: () => Answer;
  /** Of the browser's token whose answer was lost: another token may go out before that one's time is over. */
  readonly hash: string | undefined;
}

/** How long a user's accepted registration stands for the next, in ms. Coinflow allows 3 a minute; a redemption takes seconds. */
const redemptionMs = 60_000;

/** How long a spent token is remembered, in ms: as long as a page that holds it is likely to be reloaded, and longer than tokens commonly live. */
const spentMs = 3_600_000;

export function createRegistrations(): Registrations {
  const out = new Map<string, Answer>();
  const standing = createMemory<Standing>();
  /** By user and hash. */
  const spent = createMemory<true>();

  async function alone(user: string, hash: string | undefined, register: () => Answer): Answer {
    const spend = () => hash && spent.set(user + hash, true, spentMs);
    try {
      const record = await register();
      spend();
      standing.set(user, { answer: () => Promise.resolve(null), hash: undefined }, redemptionMs);
      return record;
    } catch (error) {
      if (error instanceof KitError && !kitErrors[error.code].notSent) {
        spend();
        if (error.code !== 'tokenRefused') standing.set(user, { answer: () => Promise.reject(error), hash }, graceMs);
      }
      throw error;
    } finally {
      out.delete(user);
    }
  }

  return {
    async once(user, sent, register) {
      const hash = sent && (await hashOf(sent));
      const underWay = out.get(user);
      if (underWay) return underWay;
      const before = standing.get(user);
      if (before && (!hash || !before.hash || hash === before.hash)) return before.answer();
      if (hash && spent.get(user + hash)) {
        throw new KitError('tokenRefused', {
          message:
            'This share token was sent to Coinflow before, and may be used up. Pass the gate a new one, or a function that fetches one.',
        });
      }
      const answer = alone(user, hash, register);
      out.set(user, answer);
      return answer;
    },
  };
}

/** Compared in the token's place, which is not kept. */
async function hashOf({ shareToken }: ShareToken): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(shareToken)));
}
