import { KitError } from './answers';
import { createDeadline } from './deadline';
import {
  answerReserveMs,
  type Attempt,
  type Ending,
  type Holder,
  isLost,
  type Keys,
  type Means,
  type Outcome,
  registerAlone,
} from './registerAlone';
import { sha256Hex } from './topics';
import type { KnownUser } from './users';
import type { WakeUps } from './wakeUps';

/** Limits each user to one registration at a time on all instances, and remembers the last result for a while. */
export interface Registrations {
  /**
   * Registers, unless a registration of this user is pending or recent: then that one's result is the answer. So a
   * reload or another tab never costs a second token. Another token waits until the pending one is settled.
   *
   * @throws {KitError} whatever failed, with `notSent` as it is for this request's own token; `registrationUnderWay` if
   *   another registration stays pending for 8 s, if nobody knows how it ended, or if the store has just failed;
   *   `tokenRefused`, without registering, if this browser token was sent to Coinflow before and may be used up
   */
  once(user: KnownUser, attempt: Attempt): Promise<Outcome>;
}

/** Longest wait for another request or for the store, in ms: proxies commonly cut requests off at 10 s. */
const waitMs = 8_000;

/** When to come back after that, in s. */
const comeBackSeconds = 2;

/** Longest time between two looks at a lease, in ms: a wake-up may be lost. */
const maxLookMs = 1_000;

/**
 * Creates the registrations over a store. What requests share are facts in it; none awaits another one's work.
 *
 * While the store is away, nobody registers for the first 16 s (`undecidedMs`): by then, whatever another instance had
 * begun is over, and a look at Coinflow shows what came of it. From then on each instance goes by that look and by what it
 * did itself. Two registrations of a user remain possible then: if the user sends POSTs to two instances, from two devices
 * or after a lost answer, while Coinflow still redeems the first one's token; or if another instance registered them
 * before the outage, and Coinflow takes longer than those 16 s to redeem that.
 */
export function createRegistrations(means: Means, wakeUps: WakeUps): Registrations {
  const { store, knowledge } = means;

  async function endingAt(key: string): Promise<Ending | undefined> {
    return parsed(await store.get(key)) as Ending | undefined;
  }

  async function once(user: KnownUser, attempt: Attempt): Promise<Outcome> {
    const { hash } = user;
    const token = attempt.sent ? sha256Hex(attempt.sent.shareToken) : '';
    const mine: Holder = { attemptId: crypto.randomUUID(), token };
    const keys: Keys = {
      lease: `lease:${hash}`,
      standing: `standing:${hash}`,
      spent: `spent:${hash}:${token}`,
      ending: `ending:${mine.attemptId}`,
    };
    const patience = createDeadline(Math.min(attempt.deadline.leftMs(answerReserveMs), waitMs));
    let joined: Holder | undefined;
    let lookMs = 100;

    async function answerOf(ending: Ending): Promise<Outcome | undefined> {
      const isSame = ending.token === token;
      if (ending.code === 'taken') {
        const isAnswered = isSame || token === '' || (await store.get(keys.spent)) !== undefined;
        return isAnswered ? { kind: 'taken', record: null } : { kind: 'otherTaken' };
      }
      // That one may still get through, so none may follow it. This request's own token is another, and is still good.
      if (isLost(ending) && (!isSame || token === '')) throw await notYet();
      if (!isSame) return undefined;
      const { notSent, retryAfterSeconds } = ending;
      throw new KitError(ending.code, { retryAfterSeconds, ...(notSent !== undefined && { notSent }) });
    }

    const isSpent = async () => token !== '' && (await store.get(keys.spent)) !== undefined;

    /** Why nothing is sent now. A token that was sent before must not be told to be unused. */
    const notYet = async () => ((await isSpent()) ? spentBefore() : comeBack());

    /** What stands for this attempt, and is no longer about to change. */
    async function standing(): Promise<Outcome | undefined> {
      const ending = await endingAt(keys.standing);
      return ending && answerOf(ending);
    }

    for (;;) {
      const holder = parsed(await store.get(keys.lease)) as Holder | undefined;
      if (joined && holder?.attemptId !== joined.attemptId) {
        const ending = await endingAt(`ending:${joined.attemptId}`);
        const answer = ending && (await answerOf(ending));
        if (answer) return answer;
      }
      joined = holder;
      if (!holder) {
        const answer = await standing();
        if (answer) return answer;
        if (await isSpent()) throw spentBefore();
        if (knowledge() !== 'unsettled') {
          const outcome = await registerAlone(means, user, attempt, mine, keys, standing);
          if (outcome) return outcome;
        }
      }
      const leftMs = patience.leftMs();
      if (leftMs === 0) throw await notYet();
      await wakeUps.wait(`settled:${hash}`, Math.min(leftMs, lookMs));
      lookMs = Math.min(lookMs * 1.5, maxLookMs);
    }
  }

  return { once };
}

function spentBefore(): KitError {
  return new KitError('tokenRefused', {
    message:
      'This share token was already sent to Coinflow and may be used up. Pass the gate a new one, or a function that fetches one.',
  });
}

function comeBack(): KitError {
  return new KitError('registrationUnderWay', { retryAfterSeconds: comeBackSeconds });
}

function parsed(value: string | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(value);
}
