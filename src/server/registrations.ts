import { graceMs } from '../contract/limits';
import type { WithdrawerRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import { KitError, type KitErrorCode, kitErrors } from './answers';
import type { Coinflow } from './coinflow';
import { type Deadline, sendReserveMs } from './deadline';
import type { Reads, Told } from './reads';
import type { KycStore } from './store';
import { sha256Hex } from './topics';
import type { KnownUser } from './users';
import type { WakeUps } from './wakeUps';

/** How a registration ended for the request that asked for it. */
export type Outcome =
  /** Get Withdrawer told of a record, so nothing was registered. */
  | { readonly kind: 'found'; readonly told: Told }
  /** Coinflow took a token: this request's, or one that answers for it. `record`: from Coinflow's answer to this request. */
  | { readonly kind: 'taken'; readonly record: WithdrawerRecord | null }
  /** Coinflow took another token of this user. This request's own was not sent, and is still good. */
  | { readonly kind: 'otherTaken' };

/** One POST. */
export interface Attempt {
  readonly request: Request;
  readonly deadline: Deadline;
  /** The browser's token, if it sent one. */
  readonly sent: ShareToken | undefined;
  /** Mints a token. @param attemptId random, one per registration */
  readonly mint: (attemptId: string) => Promise<ShareToken>;
}

/** Limits each user to one registration at a time on all instances, and remembers the last result for a while. */
export interface Registrations {
  /**
   * Registers, unless a registration of this user is pending or recent: then that one's result is the answer. So a
   * reload or another tab never costs a second token. Another token waits until the pending one is settled.
   *
   * @throws {KitError} whatever failed, with `notSent` as it is for this request's own token; `registrationUnderWay` if
   *   the pending registration outlasts this request; `tokenRefused`, without registering, if this browser token was
   *   sent to Coinflow before and may be used up
   */
  once(user: KnownUser, attempt: Attempt): Promise<Outcome>;
}

/** Who registers now. */
interface Lease {
  readonly attemptId: string;
  /** Hash of the browser's token; empty for a minted one. */
  readonly token: string;
}

/** How an attempt ended. Stands for those that follow if Coinflow took the token, or may have. */
interface Ending {
  readonly code: 'taken' | KitErrorCode;
  readonly token: string;
  readonly notSent?: boolean;
  readonly retryAfterSeconds?: number;
  /** Wall clock, in ms: instances share it. */
  readonly until: number;
}

/**
 * How long an accepted registration answers for later ones, in ms. Redemption takes seconds, and Coinflow
 * allows 3 registrations a minute.
 */
const redemptionMs = 60_000;

/** How long a spent token is remembered, in ms. That outlives both the token and the page that holds it. */
const spentMs = 3_600_000;

/** How long those who waited for an attempt can learn how it ended, in ms. */
const endingMs = 30_000;

/** Kept back from a request's time, so that its answer still arrives, in ms. */
const answerReserveMs = 1_000;

/** How much longer than its request a lease lives, in ms: what the request has begun is over by then. */
const leaseMarginMs = 2_000;

/** Longest time between two looks at a lease, in ms: a wake-up may be lost. */
const maxLookMs = 1_000;

/** Creates the registrations over a store. What requests share are facts in it; none awaits another one's work. */
export function createRegistrations(
  coinflow: Coinflow,
  reads: Reads,
  store: KycStore,
  wakeUps: WakeUps,
): Registrations {
  async function endingAt(key: string): Promise<Ending | undefined> {
    return parsed(await store.get(key)) as Ending | undefined;
  }

  async function once(user: KnownUser, attempt: Attempt): Promise<Outcome> {
    const { hash } = user;
    const token = attempt.sent ? sha256Hex(attempt.sent.shareToken) : '';
    const [leaseKey, standingKey, spentKey] = [`lease:${hash}`, `standing:${hash}`, `spent:${hash}:${token}`];
    const mine: Lease = { attemptId: crypto.randomUUID(), token };
    let joined: Lease | undefined;
    let lookMs = 100;

    async function answerOf(ending: Ending): Promise<Outcome | undefined> {
      const isSame = ending.token === token;
      if (ending.code === 'taken') {
        const isAnswered = isSame || token === '' || (await store.get(spentKey)) !== undefined;
        return isAnswered ? { kind: 'taken', record: null } : { kind: 'otherTaken' };
      }
      if (!isSame && !(token === '' && isLost(ending))) return undefined;
      const { notSent, retryAfterSeconds } = ending;
      throw new KitError(ending.code, { retryAfterSeconds, ...(notSent !== undefined && { notSent }) });
    }

    /** What stands for this attempt, and is no longer about to change. */
    async function standing(): Promise<Outcome | undefined> {
      const ending = await endingAt(standingKey);
      return ending && answerOf(ending);
    }

    for (;;) {
      const lease = parsed(await store.get(leaseKey)) as Lease | undefined;
      if (joined && lease?.attemptId !== joined.attemptId) {
        const ending = await endingAt(`ending:${joined.attemptId}`);
        const answer = ending && (await answerOf(ending));
        if (answer) return answer;
      }
      joined = lease;
      if (!lease) {
        const answer = await standing();
        if (answer) return answer;
        if (token && (await store.get(spentKey)) !== undefined) {
          throw new KitError('tokenRefused', {
            message:
              'This share token was already sent to Coinflow and may be used up. Pass the gate a new one, or a function that fetches one.',
          });
        }
        const value = JSON.stringify(mine);
        // It expires by itself, so a request that dies can't lock its user out.
        if (await store.claim(leaseKey, value, attempt.deadline.leftMs() + leaseMarginMs)) {
          try {
            // Another one may have ended between the look at what stands and the claim.
            return (await standing()) ?? (await register(user, attempt, mine, standingKey, spentKey));
          } finally {
            await store.release(leaseKey, value);
            await store.publish(`settled:${hash}`);
          }
        }
      }
      const leftMs = attempt.deadline.leftMs(answerReserveMs);
      if (leftMs === 0) throw new KitError('registrationUnderWay', { retryAfterSeconds: 2 });
      await wakeUps.wait(`settled:${hash}`, Math.min(leftMs, lookMs));
      lookMs = Math.min(lookMs * 1.5, maxLookMs);
    }
  }

  /** Looks, then registers, and leaves behind how it ended. */
  async function register(
    user: KnownUser,
    { request, deadline, sent, mint }: Attempt,
    { attemptId, token }: Lease,
    standingKey: string,
    spentKey: string,
  ): Promise<Outcome> {
    const before = await endingAt(standingKey);
    let hasLeft = false;
    const end = async (ending: Omit<Ending, 'token' | 'until'>, standsMs: number) => {
      const written = (forMs: number) => JSON.stringify({ ...ending, token, until: Date.now() + forMs });
      if (standsMs > 0) await store.set(standingKey, written(standsMs), standsMs);
      await store.set(`ending:${attemptId}`, written(endingMs), endingMs);
    };

    try {
      if (!reads.isAbsent(user)) {
        const told = await reads.read(user, { request, forMs: deadline.leftMs(sendReserveMs + answerReserveMs) });
        // An expired record is renewed; any other must not cost a token.
        if (told.record && told.record.status !== 'expired') {
          await end({ code: 'taken' }, 0);
          return { kind: 'found', told };
        }
      }
      const record = await coinflow.register(user, {
        request,
        deadline,
        token: async () => sent ?? mint(attemptId),
        async beforeSend() {
          // Written ahead: if this request dies after sending, the token counts as lost and not as unused.
          const lostMs = deadline.leftMs() + graceMs;
          const lost = { code: 'upstreamUnreachable', token, until: Date.now() + lostMs } satisfies Ending;
          await store.set(standingKey, JSON.stringify(lost), lostMs);
          if (token) await store.set(spentKey, '1', spentMs);
          hasLeft = true;
        },
      });
      if (record?.watchlist === 'Blocked') await reads.keepBlocked(user);
      await end({ code: 'taken' }, redemptionMs);
      return { kind: 'taken', record };
    } catch (thrown) {
      const error = judged(thrown, hasLeft);
      const { code, notSent, retryAfterSeconds } = error;
      const ending = { code, notSent, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
      // The outcome is unknown. The record may still appear during the grace period, so don't risk a second token.
      const stands = !notSent && code !== 'tokenRefused';
      if (hasLeft && !stands) await restore(standingKey, before);
      if (hasLeft && notSent && token) await store.release(spentKey, '1');
      await end(ending, stands ? graceMs : 0);
      throw error;
    }
  }

  /** Puts back what stood before this attempt, which stands for nothing. */
  async function restore(standingKey: string, before: Ending | undefined): Promise<void> {
    const leftMs = (before?.until ?? 0) - Date.now();
    if (before && leftMs > 0) return store.set(standingKey, JSON.stringify(before), leftMs);
    const ahead = await store.get(standingKey);
    if (ahead !== undefined) await store.release(standingKey, ahead);
  }

  return { once };
}

/** Coinflow's own answers that prove that the token wasn't used. */
const provesUnused: ReadonlySet<KitErrorCode> = new Set(['rateLimited', 'upstreamAuth']);

/** Says whether the token may have been used by what was sent, and not by the code alone. */
function judged(thrown: unknown, hasLeft: boolean): KitError {
  const error = thrown instanceof KitError ? thrown : new KitError('internal', { cause: thrown });
  const notSent = !hasLeft || provesUnused.has(error.code);
  if (error.notSent === notSent) return error;
  const { code, message, retryAfterSeconds, upstreamStatus, cause } = error;
  return new KitError(code, {
    message,
    retryAfterSeconds,
    ...(upstreamStatus !== undefined && { upstreamStatus }),
    notSent,
    cause,
  });
}

function isLost({ code, notSent }: Ending): boolean {
  return code !== 'taken' && code !== 'tokenRefused' && !(notSent ?? kitErrors[code].notSent);
}

function parsed(value: string | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(value);
}
