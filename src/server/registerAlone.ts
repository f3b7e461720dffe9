import { graceMs } from '../contract/limits';
import type { WithdrawerRecord } from '../contract/record';
import type { ShareToken } from '../contract/vendors';
import { KitError, type KitErrorCode, kitErrors } from './answers';
import type { Coinflow } from './coinflow';
import { type Deadline, sendReserveMs } from './deadline';
import { LeaseLost, takeLease, undecidedMs } from './lease';
import { isUsable, type Reads, type Told } from './reads';
import type { Knowledge } from './resilientStore';
import type { KycStore } from './store';
import type { KnownUser } from './users';

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

/** Who registers now. */
export interface Holder {
  readonly attemptId: string;
  /** Hash of the browser's token; empty for a minted one. */
  readonly token: string;
}

/** How an attempt ended. Stands for those that follow if Coinflow took the token, or may have. */
export interface Ending {
  readonly code: 'taken' | KitErrorCode;
  readonly token: string;
  readonly notSent?: boolean;
  readonly retryAfterSeconds?: number;
}

/** Where the facts about one attempt are in the store. */
export interface Keys {
  readonly lease: string;
  readonly standing: string;
  readonly spent: string;
  readonly ending: string;
}

/** What a registration works with. */
export interface Means {
  readonly coinflow: Coinflow;
  readonly reads: Reads;
  readonly store: KycStore;
  /** What this process can know of the other instances' registrations. */
  readonly knowledge: () => Knowledge;
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
export const answerReserveMs = 1_000;

/**
 * Registers under the user's lease: looks, mints, sends, and leaves behind how it ended.
 *
 * @param standing what answers for this attempt by now
 * @returns `undefined` if the lease couldn't be had or kept, and nothing was sent
 * @throws {KitError} with `notSent` as it is for this request's own token
 */
export async function registerAlone(
  { coinflow, reads, store, knowledge }: Means,
  user: KnownUser,
  { request, deadline, sent, mint }: Attempt,
  { attemptId, token }: Holder,
  keys: Keys,
  standing: () => Promise<Outcome | undefined>,
): Promise<Outcome | undefined> {
  let hasLeft = false;
  let isOut = false;
  const ahead = JSON.stringify({ code: 'upstreamUnreachable', token } satisfies Ending);
  const writeAhead = () => store.set(keys.standing, ahead, undecidedMs);
  const lease = await takeLease(store, keys.lease, JSON.stringify({ attemptId, token }), deadline, async () => {
    if (isOut) await writeAhead();
  });
  if (!lease) return undefined;

  async function run(): Promise<Outcome> {
    const told = await look();
    // An expired record is renewed; any other must not cost a token.
    if (isUsable(told)) {
      await end({ code: 'taken' }, 0);
      return { kind: 'found', told };
    }
    const record = await coinflow
      .register(user, { attemptId, request, deadline, token: provide, beforeSend })
      .finally(() => (isOut = false));
    if (record?.watchlist === 'Blocked') await reads.keepBlocked(user);
    await end({ code: 'taken' }, redemptionMs);
    return { kind: 'taken', record };
  }

  async function look(): Promise<Told | undefined> {
    const options = { request, forMs: deadline.leftMs(sendReserveMs + answerReserveMs) };
    // Without the store, only Coinflow can tell what others have done: a read that is out already may be too old.
    if (knowledge() === 'own') return reads.readAfresh(user, options);
    return reads.isAbsent(user) ? undefined : reads.read(user, options);
  }

  async function provide(): Promise<ShareToken> {
    // It couldn't be sent: don't mint it.
    if (knowledge() === 'unsettled') throw new LeaseLost();
    return sent ?? mint(attemptId);
  }

  async function beforeSend(): Promise<void> {
    // First, and alone: whoever lost the lease must not touch what its next holder has written.
    if (!(await lease?.renew())) throw new LeaseLost();
    // Written ahead: if this request dies after sending, the token counts as lost and not as unused.
    await Promise.all([writeAhead(), token ? store.set(keys.spent, '1', spentMs) : undefined]);
    if (knowledge() === 'unsettled') {
      await takeBack();
      throw new LeaseLost();
    }
    hasLeft = isOut = true;
  }

  async function takeBack(): Promise<void> {
    await store.release(keys.standing, ahead);
    if (token) await store.release(keys.spent, '1');
  }

  async function end(ending: Omit<Ending, 'token'>, standsMs: number): Promise<void> {
    const value = JSON.stringify({ ...ending, token });
    if (standsMs > 0) await store.set(keys.standing, value, standsMs);
    await store.set(keys.ending, value, endingMs);
  }

  async function failed(thrown: unknown): Promise<KitError> {
    const error = judged(thrown, hasLeft);
    const { code, notSent, retryAfterSeconds } = error;
    // The outcome is unknown. The record may still appear during the grace period, so don't risk a second token.
    const stands = isLost(error);
    if (hasLeft && notSent) await takeBack();
    else if (hasLeft && !stands) await store.release(keys.standing, ahead);
    await end({ code, notSent, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }, stands ? graceMs : 0);
    return error;
  }

  try {
    // Another one may have ended between the look at what stands and the claim.
    const answer = await standing();
    if (answer) return answer;
    return await run().catch(async (thrown: unknown) => {
      throw thrown instanceof LeaseLost ? thrown : await failed(thrown);
    });
  } catch (error) {
    if (error instanceof LeaseLost) return undefined;
    throw error;
  } finally {
    await lease.release();
    await store.publish(`settled:${user.hash}`);
  }
}

/** Coinflow's own answers that prove that the token wasn't used. */
const provesUnused: ReadonlySet<KitErrorCode> = new Set(['rateLimited', 'upstreamAuth']);

/** Says whether the token may have been used by what was sent, and not by the code alone. */
function judged(thrown: unknown, hasLeft: boolean): KitError {
  const error = thrown instanceof KitError ? thrown : new KitError('internal', { cause: thrown });
  const notSent = !hasLeft || provesUnused.has(error.code);
  if (error.notSent === notSent) return error;
  const { code, message, retryAfterSeconds, upstreamStatus, cause, causeCode } = error;
  return new KitError(code, {
    message,
    retryAfterSeconds,
    ...(upstreamStatus !== undefined && { upstreamStatus }),
    notSent,
    cause,
    causeCode,
  });
}

/** Whether an attempt's token may still get through. */
export function isLost({ code, notSent }: Pick<Ending, 'code' | 'notSent'>): boolean {
  return code !== 'taken' && code !== 'tokenRefused' && !(notSent ?? kitErrors[code].notSent);
}
