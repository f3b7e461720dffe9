import { inTime } from '../contract/bounded';
import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import { graceMs } from '../contract/limits';
import { type BrowserToken, isBrowserToken } from '../contract/vendors';
import { isUsable } from '../gate/reading';
import { pollingDefaults } from '../gate/pollingOptions';
import { lockWaitMs, tokenSpent } from '../gate/registration';
import type { RegistrationResult } from '../gate/snapshot';
import { plainFailure, register } from './endpoint';
import { type GateOptions, type TokenSource, warnOnce } from './options';
import { isPageYoung } from './page';
import type { Target } from './request';
import { maxPosts, nextSeq, noteAnswer, readOnce, type SubjectRoom, tell } from './subject';
import { takeTurn, type Turn } from './turn';

/** Longest wait for a `shareToken` function, in ms. */
const shareTokenTimeoutMs = 30_000;

/**
 * Fixed tokens that were sent by any gate on the page and count as used up. In memory only:
 * never stored, shown or logged.
 */
const spentTokens = new Set<string>();

/**
 * JavaScript callers may pass `null` while they fetch a token. That must not make the backend mint one, so it
 * becomes an object that is no token.
 */
export function withToken(options: GateOptions): GateOptions {
  return (options.shareToken as unknown) === null ? { ...options, shareToken: {} as BrowserToken } : options;
}

/** The fixed token among the options, if there is one. */
export function tokenOf({ shareToken }: GateOptions): string | undefined {
  return typeof shareToken === 'object' ? shareToken.shareToken : undefined;
}

/** Whether the source can provide an unspent token. */
export function isTokenAvailable(source: TokenSource | undefined): boolean {
  return typeof source !== 'object' || !spentTokens.has(source.shareToken);
}

/**
 * Registers the share token once: lock, look, register. Every gate in the room hears how it ended.
 *
 * Never throws, and takes no AbortSignal: once started, a registration runs to its end, even if its gate unmounts.
 *
 * @param hasLooked a read has already found no record: under the lock that the room holds, or by the
 *   server that just rendered the page
 */
export async function registerOnce(
  room: SubjectRoom,
  target: Target,
  source: TokenSource | undefined,
  hasLooked: boolean,
): Promise<void> {
  if (room.isRegistering) return;
  room.isRegistering = true;
  // Release a lock that this page still holds from an earlier registration.
  room.letGo?.();
  // The lock that has been held since a read found no record.
  let { turn } = room;
  let needsLook = false;
  room.turn = undefined;
  let result: RegistrationResult | undefined;
  try {
    if (!turn) {
      // Asked without waiting first: a browser that never answers would keep a waiting page for nothing.
      const { lastRead } = room;
      turn = await takeTurn(room.name);
      // The server's look counts if no other tab is registering, and if the lock didn't keep the page waiting.
      needsLook = !hasLooked || !turn || !isPageYoung() || room.lastRead !== lastRead;
    }
    turn ??= await waitForTurn(room);
    if (turn) result = await registerAlone(room, target, source, needsLook);
  } catch (error) {
    // Another tab held the lock all the time. Otherwise the look failed: the room has noted that, and the next read
    // decides whether to register.
    if (error === waitedTooLong) result = resultOf(room, 'notSent');
  }
  room.isRegistering = false;
  if (result) room.registration = result;
  if (turn) keepWhileRedeemed(room, turn, result);
  tell(room);
}

/** @returns `undefined` if there is nothing left to register @throws {GateError} the look failed */
async function registerAlone(
  room: SubjectRoom,
  target: Target,
  source: TokenSource | undefined,
  needsLook: boolean,
): Promise<RegistrationResult | undefined> {
  if (needsLook && isUsable((await readOnce(room, target)).record)) return undefined;
  let token: BrowserToken | undefined;
  try {
    token = typeof source === 'function' ? await inTime(source(), shareTokenTimeoutMs, () => undefined) : source;
  } catch (error) {
    return resultOf(room, 'notSent', plainFailure(error, 'tokenUnavailable'));
  }
  if (source !== undefined && !isBrowserToken(token)) {
    warnOnce('shareTokenOdd');
    return resultOf(room, 'refused', { code: 'misconfigured', message: explain('shareTokenOdd') });
  }
  if (token && spentTokens.has(token.shareToken)) return resultOf(room, 'refused', tokenSpent);
  // A gate may have read a record while the token was being fetched.
  if (isUsable(room.record)) return undefined;
  const sentAt = Date.now();
  room.postTimes = [...room.postTimes.slice(1 - maxPosts), sentAt];
  const answer = await register(target, token);
  if (token && answer.isSpent) spentTokens.add(token.shareToken);
  const result = { ...resultOf(room, answer.outcome, answer.failure), sentAt };
  // Numbered after the registration: this was read later.
  if (answer.confirmed) {
    const confirmed = { ...answer.confirmed, seq: nextSeq(), at: Date.now() };
    room.lastRead = confirmed;
    noteAnswer(room, confirmed);
  }
  return result;
}

function resultOf(
  room: SubjectRoom,
  outcome: RegistrationResult['outcome'],
  failure?: GateFailure,
): RegistrationResult {
  const { registration: previous } = room;
  const at = Date.now();
  // A token that wasn't sent and one that was lost belong to the same run of failures.
  const goesOn = previous?.failure !== undefined && isOpenEnded(previous.outcome) && isOpenEnded(outcome);
  return {
    outcome,
    attempt: goesOn ? previous.attempt + 1 : 1,
    since: goesOn ? previous.since : at,
    seq: nextSeq(),
    at,
    ...(failure && { failure }),
  };
}

function isOpenEnded(outcome: RegistrationResult['outcome']): boolean {
  return outcome === 'notSent' || outcome === 'unknown';
}

const waitedTooLong = Symbol('waited too long');

/**
 * Waits for another tab's registration, but not forever.
 *
 * @returns `undefined` once there is nothing to wait for: the record is there, or the last gate has left
 * @throws `waitedTooLong`
 */
async function waitForTurn(room: SubjectRoom): Promise<Turn | undefined> {
  const wait = new AbortController();
  let isLate = false;
  const stop = () => wait.abort();
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, lockWaitMs);
  room.letGo = stop;
  const turn = await takeTurn(room.name, wait.signal);
  clearTimeout(timer);
  if (room.letGo === stop) room.letGo = undefined;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- caught by its only caller
  if (!turn && isLate) throw waitedTooLong;
  return turn;
}

/**
 * Releases the lock, or keeps it while a token is being redeemed or its fate is unknown: another tab that
 * looked now would find no record and register again. Kept until the record is there, for a limited time, and
 * only while a gate is watching.
 */
function keepWhileRedeemed(room: SubjectRoom, turn: Turn, result: RegistrationResult | undefined): void {
  const keepMs =
    result?.outcome === 'accepted' ? pollingDefaults.maxWaitMs : result?.outcome === 'unknown' ? graceMs : 0;
  if (keepMs === 0 || room.gates.size === 0 || isUsable(room.record)) return turn.release();
  const release = () => {
    clearTimeout(timer);
    // Drop the reference, so that a finished registration doesn't keep its closure alive.
    if (room.letGo === release) room.letGo = undefined;
    turn.release();
  };
  const timer = setTimeout(release, keepMs);
  room.letGo = release;
}
