import type { GateState } from '../../src/gate/GateState';
import type { Event, Reading, Told, Trace } from './Trace';

/** What must hold of everything that is seen of a gate, whatever happens. Each tells how the trace breaks it; an empty list says that it holds. */
const invariants = {
  'I1 no payout UI before a GET has read a usable record': payoutOnlyAfterRecord,
  'I2 one registration at a time, and no spent token again': oneRegistration,
  'I3 nothing of another subject is sent or shown': ownSubjectOnly,
  'I4 an open form stays open': openStaysOpen,
  'I5 every state leads somewhere': leadsSomewhere,
  'I6 a terminal answer stops polling': terminalStopsPolling,
  'I7 Retry-After and the limits are respected': limitsRespected,
  'I8 token and session key are only where they belong': secretsKept,
  'I9 nothing throws, nothing is left behind': nothingLeft,
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

function payoutOnlyAfterRecord(trace: Trace): string[] {
  const gates = new Map<
    number,
    { subject: string; openWhen: string; seen: Set<Reading>; chosen: boolean; wasOpen: boolean }
  >();
  const askedFor = subjects(trace);
  const flags = new Map<string, Told>();
  const readable = new Set<number>();
  let canRead = false;
  return check(trace, (event) => {
    if (event.is === 'mounted')
      gates.set(event.gate, {
        ...event,
        seen: new Set(event.initial && [event.initial.reading]),
        chosen: false,
        wasOpen: false,
      });
    if (event.is === 'stimulus' && event.what === 'fallback') ofTrace(gates, event.gate ?? -1).chosen = true;
    if (event.is === 'openWhen') ofTrace(gates, event.gate).openWhen = event.openWhen;
    // Before its engine is loaded a gate cannot read an answer.
    if (event.is === 'engine') canRead = true;
    if (event.is === 'asked' && canRead) readable.add(event.id);
    if (event.is === 'answered' && event.told) {
      const subject = ofTrace(askedFor, event.id);
      // A field that is missing does not clear a block.
      const told = { ...flags.get(subject), ...event.told };
      if (readable.has(event.id)) flags.set(subject, told);
      const isBlocked = told.availability === 'Blocked' || told.watchlist === 'Blocked';
      for (const gate of gates.values())
        if (gate.subject === subject) gate.seen.add(isBlocked && told.reading !== 'absent' ? 'blocked' : told.reading);
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
    refusedUnread: false,
    isRefused: false,
    refusedAt: NaN,
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
  let isLockedElsewhere = false;
  return check(trace, (event) => {
    switch (event.is) {
      case 'mounted':
        gates.set(event.gate, event.subject);
        if (!event.asksConsent) bySubject(event.subject).consented = true;
        return undefined;
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
          if (event.at === known.refusedAt) known.refusedAt = NaN;
        }
        // The GET that was to confirm the refusal was held back, by a limit or a `Retry-After`: as good as lost, too.
        if (event.at > known.refusedAt) Object.assign(known, { isDone: false, refusedAt: NaN });
        if (event.kind !== 'register') return undefined;
        tokenOf.set(event.id, event.token);
        const breach = known.out
          ? 'a second POST while one is out'
          : isLockedElsewhere
            ? 'a POST while another tab holds the lock'
            : event.token && spent.has(event.token)
              ? 'a spent token was sent again'
              : !known.licensed
                ? 'a POST without a GET that found no record'
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
        return breach;
      }
      case 'answered': {
        const known = bySubject(ofTrace(subjectOf, event.id));
        if (readAfter.has(event.id)) {
          // A refusal that a GET failed to confirm counts as a lost answer.
          if (known.isRefused && !event.told) known.isDone = false;
          known.refusedUnread = false;
          if (event.told) known.licensed = event.told.reading === 'absent' || event.told.reading === 'expired';
        } else if (tokenOf.has(event.id)) {
          const token = tokenOf.get(event.id);
          known.out--;
          known.licensed = false;
          if (event.outcome !== 'unspent' && token) spent.add(token);
          // Taken or refused: nothing more goes out unless the user asks.
          known.isDone = event.outcome === 'taken' || event.outcome === 'refused';
          known.isRefused = known.refusedUnread = event.outcome === 'refused';
          known.refusedAt = known.isRefused ? event.at : NaN;
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
  const askedFor = subjects(trace);
  const latest = new Map<string, Reading>();
  /** Gates that began with a record, and those of them whose record the page knew to be outdated when the engine came: what they showed until then may go. */
  const begun = new Map<
    number,
    { readonly subject: string; readonly openWhen: string; readonly initial?: Told | undefined }
  >();
  const outdated = new Set<number>();
  return check(trace, (event) => {
    if (event.is === 'answered' && event.told) {
      const subject = ofTrace(askedFor, event.id);
      // A field that is missing does not clear a block.
      if (event.told.availability || latest.get(subject) !== 'blocked') latest.set(subject, event.told.reading);
    }
    if (event.is === 'mounted') {
      if (event.initial) begun.set(event.gate, event);
      if (event.initial?.reading === 'blocked') latest.set(event.subject, 'blocked');
    }
    // One whose engine could not be loaded loads it when it is asked for something.
    if (event.is === 'mounted' || event.is === 'engine' || event.is === 'stimulus') {
      // A block that a gate began with counts from when its engine comes, whatever the page has read meanwhile.
      if (event.is === 'engine')
        for (const { subject, initial } of begun.values())
          if (initial?.reading === 'blocked') latest.set(subject, 'blocked');
      for (const [gate, { subject, openWhen }] of begun)
        if (!opens(latest.get(subject) ?? 'verified', openWhen)) outdated.add(gate);
    }
    if (event.is === 'shown' && outdated.has(event.gate)) return undefined;
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
  /** A read that was held back by a `Retry-After`, in wall-clock time, or by the limit, follows what caused it that much later. */
  const heldUntil = new Map<string, number>();
  const reads = grouped<number[]>(() => []);
  const longestPollMs = 6_000;
  /** The latest read of each subject, until it is answered. */
  const unanswered = new Map<string, number>();
  let stimulusAt = 0;
  /** What a merchant's code throws out of the cache is read again, by each gate when it notices. */
  let isDisturbed = false;
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
    }
    if (event.is === 'stimulus' || event.is === 'mounted' || event.is === 'engine' || event.is === 'page')
      stimulusAt = at;
    if (event.is === 'lock' && event.by === 'page') locks += event.held ? 1 : -1;
    if (event.is === 'lock') lockEnd = at;
    if (event.is === 'answered' && event.told && unanswered.get(ofTrace(subjectOf, event.id)) === event.id)
      unanswered.delete(ofTrace(subjectOf, event.id));
    if (event.is === 'stimulus' && event.what === 'cache') isDisturbed = true;
    // Without locks nobody sees whether a read was a registration's own; one may follow its end.
    if (event.is === 'answered') readEnd.set(ofTrace(subjectOf, event.id), at);
    if (event.is === 'answered' && event.retryAfterMs !== undefined)
      heldUntil.set(ofTrace(subjectOf, event.id), event.wall + event.retryAfterMs);
    if (event.is === 'answered' && registers.has(event.id)) registerEnd.set(ofTrace(subjectOf, event.id), at);
    if (event.is !== 'asked') return undefined;
    if (event.kind === 'register') registers.add(event.id);
    if (event.kind !== 'read') return undefined;
    // The read that confirms a refusal belongs to the registration.
    if (at - (registerEnd.get(event.subject) ?? 0) <= soonMs) registers.add(event.id);
    const sinceHeld = event.wall - (heldUntil.get(event.subject) ?? NaN);
    const earlier = reads(event.subject);
    const isLimited = earlier.filter((time) => time > at - 10_000 - longestPollMs).length >= 9;
    earlier.push(at);
    // A read is repeated until one is answered: only an answer is terminal.
    const isExplained =
      isDisturbed ||
      isLimited ||
      (sinceHeld >= 0 && sinceHeld <= longestPollMs) ||
      at - (readEnd.get(event.subject) ?? 0) <= soonMs ||
      unanswered.has(event.subject) ||
      at - stimulusAt <= soonMs ||
      locks > 0 ||
      at - lockEnd <= soonMs ||
      at - (registerEnd.get(event.subject) ?? 0) <= soonMs ||
      [...gates.values()].some(
        (gate) => gate.subject === event.subject && ((gate.here && gate.moving) || at - gate.since <= soonMs),
      );
    unanswered.set(event.subject, event.id);
    return isExplained ? undefined : `a GET for ${event.subject} where no gate had anything to wait for`;
  });
}

function limitsRespected(trace: Trace): string[] {
  const subjectOf = subjects(trace);
  const kindOf = new Map<number, string>();
  const held = new Map<string, { at: number; wall: number }>();
  const times = grouped<number[]>(() => []);
  const stimuli: number[] = [];
  const readable = new Set<number>();
  let canRead = false;
  const count = (list: number[], after: number) => list.reduce((sum, time) => sum + (time > after ? 1 : 0), 0);
  return check(trace, (event) => {
    const { at, wall } = event;
    if (event.is === 'stimulus' || event.is === 'mounted' || event.is === 'page') stimuli.push(at);
    if (event.is === 'engine') canRead = true;
    // Before its engine is loaded a gate cannot read an answer.
    if (event.is === 'answered' && event.retryAfterMs !== undefined && readable.has(event.id)) {
      held.set(`${kindOf.get(event.id)} ${subjectOf.get(event.id)}`, {
        at: at + event.retryAfterMs,
        wall: wall + event.retryAfterMs,
      });
    }
    if (event.is !== 'asked') return undefined;
    if (canRead) readable.add(event.id);
    kindOf.set(event.id, event.kind);
    const key = `${event.kind} ${event.subject}`;
    const until = held.get(key);
    // A clock that jumped ahead may end the wait early; nobody can tell.
    if (until && at < until.at && wall < until.wall)
      return `${key} ${Math.round((until.at - at) / 1000)} s before Retry-After had passed`;
    const list = times(key);
    list.push(at);
    // Each further registration, and each thing that the user or the page does, has reads of its own.
    const registrations = count(times(`register ${event.subject}`), at - 10_000);
    const allowed = 10 + 4 * (count(stimuli, at - 10_000) + Math.max(0, registrations - 1));
    if (event.kind === 'read' && count(list, at - 10_000) > allowed) return 'more than 10 reads in 10 s';
    if (event.kind === 'register' && count(list, at - 60_000) > 3 + count(stimuli, at - 60_000))
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
  const out = new Set<number>();
  return check(trace, (event) => {
    if (event.is === 'asked') out.add(event.id);
    if (event.is === 'answered') out.delete(event.id);
    if (event.is === 'left' && out.size > 0) return 'a request is still out';
    if (event.is === 'threw') return event.text;
    return event.is === 'left' && event.count > 0 ? `${event.count} ${event.what} left` : undefined;
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
  return trace.flatMap((event) => breachOf(event) ?? []);
}

function subjects(trace: Trace): Map<number, string> {
  return new Map(trace.flatMap((event) => (event.is === 'asked' ? [[event.id, event.subject] as const] : [])));
}

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
