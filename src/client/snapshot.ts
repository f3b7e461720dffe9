import type { GateFailure } from '../contract/failures';
import type { WithdrawerRecord } from '../contract/record';
import { keepBlock } from '../gate/reading';
import type { Ask, GateSnapshot, ReadAnswer } from '../gate/snapshot';
import type { Beginning } from './beginning';
import type { GateOptions } from './options';
import { isPageYoung } from './page';
import { isTokenAvailable } from './registerOnce';
import type { SessionKey } from './sessionKey';
import { postAllowedAt, readAllowedAt, type SubjectRoom } from './subject';

/** What one gate knows for itself. Everything else is in the room. */
export interface OwnFacts {
  /** The record that opened the form. */
  opened: WithdrawerRecord | undefined;
  /** The latest answer when it did. */
  openedUpon: ReadAnswer | undefined;
  /** The answer that was already there when the gate started. It doesn't count for this gate. */
  stood: ReadAnswer | undefined;
  /** "No record", as read by the server that rendered the page. */
  told?: ReadAnswer | undefined;
  readSince: number;
  waitingSince: number;
  asked?: Ask;
  hasConsented?: boolean;
  fallbackChosen?: boolean;
  formFailure?: GateFailure | undefined;
}

/** Collects everything a decision is based on, as it is now. */
export function takeSnapshot(
  options: GateOptions,
  own: OwnFacts,
  beginning: Beginning,
  room: SubjectRoom,
  key: SessionKey,
): GateSnapshot {
  const { openWhen = 'exists', linkHosts, polling = {}, shareToken } = options;
  const hasRead = room.answer !== own.stood;
  // Another gate may have started with a block, which the server's "no record" doesn't clear.
  const told = own.told && { ...own.told, record: keepBlock(room.record, null) };
  // The server's "no record" counts as the look before a registration, but only once, and
  // only on a freshly loaded page.
  const isTold = !hasRead && told?.record === null && room.lastRead === own.told && !room.registration && isPageYoung();
  const keyNeeded = !!options.sessionKey && !key.get();
  return {
    now: Date.now(),
    openWhen,
    fallbackAllowed: options.whenReuseFails === 'coinflow-kyc',
    consentNeeded: !!options.requireConsent && !own.hasConsented,
    tokenAvailable: isTokenAvailable(shareToken),
    canMint: typeof shareToken !== 'object',
    linkHosts,
    polling,
    readSince: own.readSince,
    asked: own.asked,
    fallbackChosen: !!own.fallbackChosen,
    isVisible: document.visibilityState !== 'hidden',
    waitingSince: own.waitingSince,
    jitter: beginning.jitter,
    read: hasRead ? room.answer : told,
    readFailure: room.failed,
    lastRead: room.lastRead,
    isReading: room.out.size > 0,
    readAllowedAt: readAllowedAt(room),
    recordSeen: room.recordSeen,
    hasLooked: !!room.turn || isTold,
    isRegistering: room.isRegistering,
    postAllowedAt: postAllowedAt(room),
    registration: room.registration,
    keyNeeded,
    isFetchingKey: key.isFetching(),
    keyAllowedAt: room.held.sessionKey?.retryAt ?? 0,
    keyFailure: key.failure() ?? (keyNeeded ? heldBackKey(own, room) : undefined),
    opened: own.opened,
    formFailure: own.formFailure,
  };
}

/** Another gate ran into a limit for session keys. It holds for this one too, which reports it as its own failure. */
function heldBackKey({ waitingSince }: OwnFacts, { held: { sessionKey: failure } }: SubjectRoom) {
  if (!failure || (failure.retryAt ?? 0) <= Date.now()) return undefined;
  return { failure, count: 1, since: waitingSince, at: waitingSince };
}
