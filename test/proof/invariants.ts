import type { GateState } from '../../src/gate/GateState';
import type { Event, Reading, Told, Trace } from './Trace';

/** What must hold of everything that is seen of a gate, whatever happens. Each tells how the trace breaks it; an empty list says that it holds. */
const invariants = {
  'I1 no payout UI before Get Withdrawer has told of a usable record': payoutOnlyAfterRecord,
  'I2 one registration at a time, and no spent token again': oneRegistration,
  'I3 nothing of another subject is sent or shown': ownSubjectOnly,
  'I4 an open form stays open': openStaysOpen,
  'I5 every state leads somewhere': leadsSomewhere,
  'I6 a terminal answer stops polling': terminalStopsPolling,
  'I7 Retry-After and the limits are respected': limitsRespected,
  'I8 token and session key are only where they belong': secretsKept,
  'I9 nothing throws, nothing is left behind': nothingLeft,
  'I10 one read at a time is held, and none of a hidden page': heldOnce,
} satisfies Record<string, (trace: Trace) => string[]>;

/** Every breach of every invariant, named. */
export function breachesOf(trace: Trace): string[] {
  return Object.entries(invariants).flatMap(([name, invariant]) =>
    invariant(trace).map((breach) => `${name}: ${breach}`),
  );
}

/** Where the gate's own steps follow a cause within this time, the cause explains them. */
const soonMs = 50;
const graceMs = 10_000;
/** How long a prefetch counts, and how long a page is young enough to be told by its server that there is no record. */
const prefetchMs = 30_000;
const youngMs = 15_000;

function payoutOnlyAfterRecord(trace: Trace): string[] {
  const gates = new Map<
    number,
    {
      subject: string;
      openWhen: string;
      /** What it may go by now. */
      seen: ReadonlySet<Reading>;
      /** The latest request that was answered, and how. */
      newestId: number;
      newest?: Reading;
      chosen: boolean;
      wasOpen: boolean;
    }
  >();
  const askedFor = subjects(trace);
  const flags = new Map<string, Told>();
  /** Reads of prefetches, and what they told: a gate that begins soon may go by it. */
  const awaited = new Map<string, number>();
  const prefetches = new Map<number, { at: number; wall: number; reading?: Reading }>();
  return check(trace, (event) => {
    if (event.is === 'mounted') {
      const isFresh = ({ at, wall }: { at: number; wall: number }) =>
        event.at - at < prefetchMs || Math.abs(event.wall - wall) < prefetchMs;
      const fetched = [...prefetches].flatMap(([id, prefetch]) =>
        prefetch.reading && ofTrace(askedFor, id) === event.subject && isFresh(prefetch) ? [prefetch.reading] : [],
      );
      const seen = new Set([...(event.initial ? [event.initial.reading] : []), ...fetched]);
      gates.set(event.gate, { ...event, seen, newestId: 0, chosen: false, wasOpen: false });
    }
    if (event.is === 'stimulus' && event.what === 'fallback') ofTrace(gates, event.gate ?? -1).chosen = true;
    if (event.is === 'openWhen') {
      const gate = ofTrace(gates, event.gate);
      // It has opened already, although its form may still wait for a session key.
      gate.wasOpen ||= [...gate.seen].some((reading) => opens(reading, gate.openWhen));
      gate.openWhen = event.openWhen;
    }
    if (event.is === 'prefetched') awaited.set(event.subject, event.at);
    if (event.is === 'asked' && event.kind === 'read' && awaited.get(event.subject) === event.at) {
      awaited.delete(event.subject);
      prefetches.set(event.id, event);
    }
    if (event.is === 'answered' && event.told) {
      const subject = ofTrace(askedFor, event.id);
      // A field that is missing does not clear a block.
      const told = { ...flags.get(subject), ...event.told };
      flags.set(subject, told);
      const prefetch = prefetches.get(event.id);
      if (prefetch) prefetches.set(event.id, { ...prefetch, reading: event.told.reading });
      const isBlocked = told.availability === 'Blocked' || told.watchlist === 'Blocked';
      const reading = isBlocked && told.reading !== 'absent' ? 'blocked' : told.reading;
      for (const gate of gates.values()) {
        if (gate.subject !== subject) continue;
        // The latest answer counts, or that to the latest request, where it came before.
        if (event.id > gate.newestId) Object.assign(gate, { newestId: event.id, newest: reading });
        gate.seen = new Set([reading, gate.newest ?? reading]);
      }
    }
    if (event.is !== 'shown') return undefined;
    const gate = ofTrace(gates, event.gate);
    const { seen, openWhen, chosen, wasOpen } = gate;
    gate.wasOpen ||= event.form || event.state.status === 'ready';
    if (wasOpen || !gate.wasOpen || chosen || [...seen].some((reading) => opens(reading, openWhen))) return undefined;
    return `gate ${event.gate} opened after only ${[...seen].join(', ') || 'nothing'} was read`;
  });
}

function oneRegistration(trace: Trace): string[] {
  const subjectOf = subjects(trace);
  const bySubject = grouped(() => ({
    out: 0,
    licensed: false,
    /** A read that left under the lock, which has been held since, found nothing to keep from registering. */
    hasLooked: false,
    isTurn: false,
    /** The server that has just rendered the page told so, and nothing has been read since. */
    isTold: false,
    /** It told so when the lock was taken: the registration has begun then. */
    isToldTurn: false,
    isAsked: false,
    refusedUnread: false,
    newestRead: 0,
    isDone: false,
    graceAt: 0,
    graceWall: 0,
    consented: false,
    automatic: 0,
  }));
  const tokenOf = new Map<number, string | undefined>();
  const readAfter = new Map<number, string>();
  const spent = new Set<string>();
  const gates = new Map<number, string>();
  const underLock = new Set<number>();
  let hasLocks = false;
  let isLockedElsewhere = false;
  let beganAt = -Infinity;
  return check(trace, (event) => {
    switch (event.is) {
      case 'began':
        if (!event.fromHistory) beganAt = event.at;
        hasLocks = event.locks;
        return undefined;
      case 'mounted': {
        const known = bySubject(event.subject);
        gates.set(event.gate, event.subject);
        if (!event.asksConsent) known.consented = true;
        if (event.initial?.reading === 'absent' && !known.isAsked) known.isTold = true;
        return undefined;
      }
      case 'turn': {
        const known = bySubject(event.subject);
        const isToldTurn = event.held && known.isTold && event.at - beganAt < youngMs;
        Object.assign(known, { isTurn: event.held, hasLooked: false, isToldTurn });
        return undefined;
      }
      case 'lock':
        if (event.by === 'otherTab') isLockedElsewhere = event.held;
        return undefined;
      case 'stimulus':
        for (const [gate, subject] of gates) {
          if (event.gate !== undefined && event.gate !== gate) continue;
          const known = bySubject(subject);
          if (event.what === 'consent') known.consented = true;
          if (isClick(event.what)) Object.assign(known, { automatic: 0, isDone: false });
        }
        return undefined;
      case 'shown':
        return event.state.status === 'failed' &&
          event.state.failure.code === 'tokenRefused' &&
          bySubject(ofTrace(gates, event.gate)).refusedUnread
          ? 'a refusal was shown before a GET confirmed it'
          : undefined;
      case 'asked': {
        const known = bySubject(event.subject);
        if (event.kind === 'read') {
          readAfter.set(event.id, event.subject);
          if (known.isTurn) underLock.add(event.id);
          known.isAsked = true;
        }
        if (event.kind !== 'register') return undefined;
        // Without locks nobody sees when it began; its token may have taken a while.
        const isTold = hasLocks ? known.isToldTurn : known.isTold && event.at - beganAt < youngMs + 30_000;
        tokenOf.set(event.id, event.token);
        const breach = known.out
          ? 'a second POST while one is out'
          : isLockedElsewhere
            ? 'a POST while another tab holds the lock'
            : event.token && spent.has(event.token)
              ? 'a spent token was sent again'
              : !known.licensed && !isTold
                ? 'a POST without a look that found no record'
                : hasLocks && !(known.isTurn && (known.hasLooked || isTold))
                  ? 'a POST without a look under the lock'
                  : !known.consented
                    ? 'a POST before consent'
                    : known.isDone
                      ? 'a POST after an answered one, without a click'
                      : known.automatic >= 3
                        ? 'a fourth POST in a row without a click'
                        : event.at < known.graceAt && event.wall < known.graceWall
                          ? 'a POST within the grace period of a lost answer'
                          : undefined;
        known.out++;
        Object.assign(known, { isAsked: true, isTold: false });
        return breach;
      }
      case 'answered': {
        const known = bySubject(ofTrace(subjectOf, event.id));
        if (readAfter.has(event.id)) {
          if (event.told) {
            known.refusedUnread = false;
            // An answer to an older read, come late, says nothing new.
            if (event.id < known.newestRead) return undefined;
            known.newestRead = event.id;
            known.licensed = event.told.reading === 'absent' || event.told.reading === 'expired';
            known.isTold &&= known.licensed;
            known.isToldTurn &&= known.licensed;
            known.hasLooked = known.licensed && known.isTurn && underLock.has(event.id);
          }
        } else if (tokenOf.has(event.id)) {
          const token = tokenOf.get(event.id);
          known.out--;
          known.licensed = known.hasLooked = false;
          if (event.outcome !== 'unspent' && token) spent.add(token);
          // Taken or refused: nothing more goes out unless the user asks.
          known.isDone = event.outcome === 'taken' || event.outcome === 'refused';
          known.refusedUnread = event.outcome === 'refused';
          if (event.outcome === 'unknown')
            Object.assign(known, { graceAt: event.at + graceMs, graceWall: event.wall + graceMs });
          // A `Retry-After` is the backend's own invitation.
          known.automatic = event.outcome === 'taken' || event.retryAfterMs !== undefined ? 0 : known.automatic + 1;
        }
        return undefined;
      }
      default:
        return undefined;
    }
  });
}

function ownSubjectOnly(trace: Trace): string[] {
  const gates = new Map<number, string>();
  const isForeign = (text: string, own: string) =>
    ['u-alice', 'u-bob'].some((subject) => subject !== own && text.includes(subject));
  return check(trace, (event) => {
    if (event.is === 'mounted') gates.set(event.gate, event.subject);
    if (event.is === 'asked' && (event.subject !== event.by || isForeign(`${event.text} ${event.token}`, event.by)))
      return `a gate of ${event.by} sent something of another subject`;
    if (event.is === 'shown' && isForeign(event.text, ofTrace(gates, event.gate)))
      return `gate ${event.gate} showed something of another subject`;
    return undefined;
  });
}

function openStaysOpen(trace: Trace): string[] {
  const open = new Map<number, GateState['status']>();
  return check(trace, (event) => {
    if (event.is === 'unmounted') open.delete(event.gate);
    if (event.is !== 'shown') return undefined;
    if (event.form) open.set(event.gate, event.state.status);
    // Coinflow's own verification is never for whom Coinflow blocked, however late that is read.
    if (event.state.status === 'blocked' && open.get(event.gate) === 'fallback') open.delete(event.gate);
    return open.has(event.gate) && !event.form
      ? `the open form of gate ${event.gate} was torn down by ${event.state.status}`
      : undefined;
  });
}

function leadsSomewhere(trace: Trace): string[] {
  /** Longest silence of a waiting gate: a slow poll, a lock, a registration and its timeout, on top of each other. */
  const silenceMs = 75_000;
  const gates = new Map<number, { subject: string; openWhen: string; state?: GateState; form?: boolean }>();
  const subjectOf = subjects(trace);
  const bySubject = grouped(() => ({ out: 0, quietUntil: 0 }));
  /** Of whom a page began with a block, which an answer without a record does not clear. */
  const beganBlocked = new Set<string>();
  let isAwake = true;
  let skew = 0;
  const breaches: string[] = [];
  for (const event of trace) {
    for (const { subject, state } of gates.values()) {
      const known = bySubject(subject);
      if (isAwake && state && isMoving(state) && !offersRetry(state) && known.out === 0 && event.at > known.quietUntil)
        breaches.push(`${state.status} waited in silence for more than ${silenceMs / 1_000} s`);
      if (breaches.length > 0) return breaches;
    }
    const wait = (subject: string, ms = 0) =>
      (bySubject(subject).quietUntil = Math.max(bySubject(subject).quietUntil, event.at + ms + silenceMs));
    if (event.is === 'mounted') gates.set(event.gate, { ...event });
    if (event.is === 'mounted' && event.initial?.reading === 'blocked') beganBlocked.add(event.subject);
    if (event.is === 'openWhen') ofTrace(gates, event.gate).openWhen = event.openWhen;
    if (event.is === 'unmounted') gates.delete(event.gate);
    if (event.is === 'page') isAwake = event.awake;
    if (event.is === 'asked') bySubject(event.subject).out++;
    if (event.is === 'answered') {
      const subject = ofTrace(subjectOf, event.id);
      bySubject(subject).out--;
      wait(subject, event.retryAfterMs);
    }
    const gate = 'gate' in event && event.gate !== undefined ? gates.get(event.gate) : undefined;
    if (gate && event.is === 'shown') Object.assign(gate, { state: event.state, form: event.form });
    if (gate) wait(gate.subject);
    // A clock set back makes every wait by the wall clock longer.
    const jump = event.at - event.wall - skew;
    if (event.is === 'page' || event.is === 'stimulus' || jump !== 0)
      for (const { subject } of gates.values()) wait(subject);
    if (jump > 0)
      for (const subject of ['u-alice', 'u-bob'])
        bySubject(subject).quietUntil = Math.max(bySubject(subject).quietUntil, event.at) + jump;
    skew += jump;
    if (event.is === 'settled' && gate?.state) {
      const { status } = gate.state;
      const { truth } = event;
      const isHonest =
        status === 'ready' || status === 'fallback'
          ? gate.form
          : opens(truth, gate.openWhen)
            ? false
            : truth === 'blocked' || truth === 'declined'
              ? status === truth
              : truth === 'needsInput'
                ? status === 'needsInput'
                : truth === 'pending'
                  ? status === 'delayed' || status === 'processing'
                  : status !== 'checking' &&
                    status !== 'needsInput' &&
                    status !== 'declined' &&
                    (status !== 'blocked' || beganBlocked.has(gate.subject));
      if (!isHonest)
        breaches.push(
          `after a long quiet, gate ${event.gate} shows ${JSON.stringify(gate.state)} where the record is ${truth}`,
        );
    }
  }
  return breaches;
}

function terminalStopsPolling(trace: Trace): string[] {
  const gates = new Map<number, { subject: string; moving: boolean; here: boolean; since: number }>();
  const subjectOf = subjects(trace);
  const registerEnd = new Map<string, number>();
  const readEnd = new Map<string, number>();
  const registers = new Set<number>();
  const readIds = new Set<number>();
  /** A read that was held back by a `Retry-After` of an earlier one, in wall-clock time, or by the limit, follows what caused it that much later. */
  const heldUntil = new Map<string, number>();
  const reads = grouped<number[]>(() => []);
  const longestPollMs = 12_000;
  /** The latest read of each subject, until it is answered. */
  const unanswered = new Map<string, number>();
  let stimulusAt = 0;
  /** A GET that nothing explains yet. A clock that jumped may give a wait some of its time again, and the screen follows the read at once. */
  let unexplained: { readonly at: number; readonly subject: string } | undefined;
  const turnAt = new Map<string, number>();
  /** In a real browser nobody sees whose lock it is, and since when. */
  let tellsTurns = false;
  let locks = 0;
  let lockEnd = 0;
  return check(trace, (event) => {
    const { at } = event;
    if (event.is === 'mounted') gates.set(event.gate, { subject: event.subject, moving: true, here: true, since: at });
    if (event.is === 'unmounted') Object.assign(ofTrace(gates, event.gate), { here: false, since: at });
    if (event.is === 'shown') {
      const gate = ofTrace(gates, event.gate);
      const moving = isMoving(event.state);
      if (moving !== gate.moving) Object.assign(gate, { moving, since: at });
      if (moving && gate.subject === unexplained?.subject && at === unexplained.at) unexplained = undefined;
    }
    if (unexplained && at > unexplained.at)
      return `a GET for ${unexplained.subject} where no gate had anything to wait for`;
    if ((event.is === 'stimulus' && event.what !== 'cache') || event.is === 'mounted' || event.is === 'page')
      stimulusAt = at;
    if (event.is === 'began') tellsTurns = true;
    // A look follows its lock at once; a lock that is kept afterwards is no reason to read.
    if (event.is === 'turn') turnAt.set(event.subject, at);
    if (event.is === 'lock' && event.by === 'page') locks += event.held ? 1 : -1;
    if (event.is === 'lock') lockEnd = at;
    if (event.is === 'answered' && event.told && unanswered.get(ofTrace(subjectOf, event.id)) === event.id)
      unanswered.delete(ofTrace(subjectOf, event.id));
    // Without locks nobody sees whether a read was a registration's own; one may follow its end.
    if (event.is === 'answered') readEnd.set(ofTrace(subjectOf, event.id), at);
    if (event.is === 'answered' && event.retryAfterMs !== undefined && readIds.has(event.id))
      heldUntil.set(ofTrace(subjectOf, event.id), event.wall + event.retryAfterMs);
    if (event.is === 'answered' && registers.has(event.id)) registerEnd.set(ofTrace(subjectOf, event.id), at);
    if (event.is !== 'asked') return undefined;
    if (event.kind === 'register') registers.add(event.id);
    if (event.kind !== 'read') return undefined;
    readIds.add(event.id);
    // The read that confirms a refusal belongs to the registration.
    if (at - (registerEnd.get(event.subject) ?? 0) <= soonMs) registers.add(event.id);
    const sinceHeld = event.wall - (heldUntil.get(event.subject) ?? NaN);
    const earlier = reads(event.subject);
    const isLimited = countAfter(earlier, at - 10_000 - longestPollMs) >= 8;
    earlier.push(at);
    // A read is repeated until one is answered: only an answer is terminal.
    const isExplained =
      isLimited ||
      (sinceHeld >= 0 && sinceHeld <= longestPollMs) ||
      at - (readEnd.get(event.subject) ?? 0) <= soonMs ||
      unanswered.has(event.subject) ||
      at - stimulusAt <= soonMs ||
      at - (turnAt.get(event.subject) ?? 0) <= soonMs ||
      (!tellsTurns && (locks > 0 || at - lockEnd <= soonMs)) ||
      at - (registerEnd.get(event.subject) ?? 0) <= soonMs ||
      [...gates.values()].some(
        (gate) => gate.subject === event.subject && ((gate.here && gate.moving) || at - gate.since <= soonMs),
      );
    unanswered.set(event.subject, event.id);
    if (!isExplained) unexplained ??= { at, subject: event.subject };
    return undefined;
  });
}

function limitsRespected(trace: Trace): string[] {
  const subjectOf = subjects(trace);
  const kindOf = new Map<number, string>();
  const held = new Map<string, { at: number; wall: number }>();
  const times = grouped<number[]>(() => []);
  const stimuli: number[] = [];
  const jumpedAhead: number[] = [];
  let skew = 0;
  return check(trace, (event) => {
    const { at, wall } = event;
    if (wall - at > skew + soonMs) jumpedAhead.push(at);
    skew = wall - at;
    if (event.is === 'stimulus' || event.is === 'mounted' || event.is === 'page') stimuli.push(at);
    if (event.is === 'answered' && event.retryAfterMs !== undefined) {
      held.set(`${kindOf.get(event.id)} ${subjectOf.get(event.id)}`, {
        at: at + event.retryAfterMs,
        wall: wall + event.retryAfterMs,
      });
    }
    if (event.is !== 'asked') return undefined;
    kindOf.set(event.id, event.kind);
    const key = `${event.kind} ${event.subject}`;
    const until = held.get(key);
    // A clock that jumped ahead may end the wait early; nobody can tell.
    if (until && at < until.at && wall < until.wall)
      return `${key} ${Math.round((until.at - at) / 1000)} s before Retry-After had passed`;
    const list = times(key);
    list.push(at);
    // Whatever users and pages do, a page keeps to the limit; only a clock that jumps ahead makes it forget its latest reads.
    const jumps = countAfter(jumpedAhead, at - 10_000);
    const allowed = 10 + 10 * jumps;
    if (event.kind === 'read' && countAfter(list, at - 10_000) > allowed) return 'more than 10 reads in 10 s';
    if (event.kind === 'register' && countAfter(list, at - 60_000) > 3 + countAfter(stimuli, at - 60_000))
      return 'more than 3 registrations in a minute';
    return undefined;
  });
}

function secretsKept(trace: Trace): string[] {
  return check(trace, (event) => {
    const text =
      event.is === 'shown' || event.is === 'asked' || event.is === 'text' || event.is === 'threw' ? event.text : '';
    return text.includes('SECRET') ? `a secret is in ${event.is === 'text' ? event.where : event.is}` : undefined;
  });
}

function nothingLeft(trace: Trace): string[] {
  const out = new Map<number, string>();
  return check(trace, (event) => {
    if (event.is === 'asked') out.set(event.id, event.kind);
    if (event.is === 'answered') out.delete(event.id);
    if (event.is === 'left' && out.size > 0) return `still out: ${[...out.values()].join(', ')}`;
    if (event.is === 'threw') return event.text;
    return event.is === 'left' && event.count > 0 ? `${event.count} ${event.what} left` : undefined;
  });
}

function heldOnce(trace: Trace): string[] {
  const held = new Set<number>();
  let hiddenAt = Infinity;
  let hasLocks = false;
  return check(trace, (event) => {
    if (event.at > hiddenAt && held.size > 0) return 'a read is held for a hidden page';
    if (event.is === 'began') hasLocks = event.locks;
    if (event.is === 'answered') held.delete(event.id);
    if (event.is === 'page') hiddenAt = event.visible ? Infinity : event.at;
    if (event.is !== 'asked' || event.kind !== 'read' || !event.text.includes('if-none-match')) return undefined;
    if (hasLocks && held.size > 0) return 'a second read is held';
    held.add(event.id);
    return undefined;
  });
}

function offersRetry(state: GateState): boolean {
  return 'canRetry' in state && state.canRetry;
}

/** Whether a state goes on by itself, so that reads are due. */
function isMoving(state: GateState): boolean {
  switch (state.status) {
    case 'checking':
    case 'registering':
    case 'processing':
    case 'needsInput':
      return true;
    case 'delayed':
      return !state.exhausted;
    case 'failed':
      return ['tokenUnavailable', 'rateLimited', 'offline', 'unreachable', 'server', 'malformed'].includes(
        state.failure.code,
      );
    default:
      return false;
  }
}

function opens(reading: Reading, openWhen: string): boolean {
  return reading === 'verified' || (openWhen === 'exists' && (reading === 'pending' || reading === 'needsInput'));
}

function isClick(what: string): boolean {
  return ['retry', 'recheck', 'newToken', 'consent'].includes(what);
}

function check(trace: Trace, breachOf: (event: Event) => string | undefined): string[] {
  const breaches: string[] = [];
  for (const event of trace) {
    const breach = breachOf(event);
    if (breach !== undefined) breaches.push(breach);
  }
  return breaches;
}

/** How many of these ascending times lie after this one. */
function countAfter(times: readonly number[], after: number): number {
  return times.length - 1 - times.findLastIndex((time) => time <= after);
}

/** Whom each request asks for. Several invariants want to know it of the same trace. */
function subjects(trace: Trace): ReadonlyMap<number, string> {
  if (trace === latest.trace) return latest.subjects;
  const found = new Map<number, string>();
  for (const event of trace) if (event.is === 'asked') found.set(event.id, event.subject);
  latest = { trace, subjects: found };
  return found;
}

let latest: { readonly trace?: Trace; readonly subjects: ReadonlyMap<number, string> } = { subjects: new Map() };

/** What the trace must have told before. */
function ofTrace<T>(map: ReadonlyMap<number, T>, key: number): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The trace tells nothing of ${key}.`);
  return value;
}

function grouped<T>(create: () => T): (key: string) => T {
  const groups = new Map<string, T>();
  return (key) => {
    const known = groups.get(key) ?? create();
    groups.set(key, known);
    return known;
  };
}
