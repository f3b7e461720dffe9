import { QueryClient } from '@tanstack/react-query';
import type { GateOptions } from '../../src/client/options';
import { prefetchRecord } from '../../src/client/prefetch';
import { privateClient } from '../../src/client/readQuery';
import type { GateState } from '../../src/gate/GateState';
import { createModelEndpoint, kinds, newSecret } from './createModelEndpoint';
import type { Initial, RecordKind, Schedule, Step, Subject } from './Schedule';
import type { Trace } from './Trace';
import { openVirtualPage, type VirtualPage } from './virtualPage';

export type Button = 'retry' | 'recheck' | 'consent' | 'fallback';

/** A gate on the page, as the player handles it. */
export interface PlayedGate {
  state(): GateState;
  /** The payout UI is in the page. */
  isOpen(): boolean;
  update(options: GateOptions): void;
  click(button: Button): void;
  /** Goes on as another gate, for another subject or identity, in the same place of the page. */
  become?(gate: number, options: GateOptions, change: 'subject' | 'identity'): void;
  /** Goes out of the tree and comes back with its session. */
  blink?(): Promise<void>;
  leave(): void;
}

/** Puts a gate on the page. Everything it shows goes to `page.note`. */
export type OpenGate = (page: VirtualPage, gate: number, options: GateOptions, strict: boolean) => PlayedGate;

/** Creates how gates are opened, anew for each schedule. */
export type CreateOpenGate = (page: VirtualPage, schedule: Schedule) => OpenGate;

interface Slot {
  readonly gate: number;
  readonly subject: Subject;
  readonly initialRecord: GateOptions['initialRecord'];
  openWhen: 'exists' | 'verified';
  readonly played: PlayedGate;
}

/** Rounds of quiet at the end, in ms: longer than every wait, also by a clock that was set back. */
const quietRounds = [2_000, 30_000, 60_000, 120_000, 300_000, 700_000, 700_000, 700_000];

/** A round this long outlasts every wait of a gate whose clock is right, but for the one until it stops by itself. */
const longRoundMs = 120_000;

let runs = 0;

/** How a schedule is played. */
interface PlayOptions {
  /**
   * How long the quiet at the end lasts. `steady` ends it early, once every gate has shown for minutes what it must show and has nothing new to try.
   * @default 'full'
   */
  readonly quiet?: 'full' | 'steady';
  /** Requests and abort signals of Node in place of the light ones. @default false */
  readonly heavyWeb?: boolean;
}

/** Plays a schedule on a fresh page, ends it with a long honest quiet and an empty page, and gives what was seen. */
export async function playSchedule(
  schedule: Schedule,
  createOpenGate: CreateOpenGate,
  { quiet = 'full', heavyWeb = false }: PlayOptions = {},
): Promise<Trace> {
  const page = openVirtualPage({ ...schedule, heavyWeb });
  const realConsole = { warn: console.warn, error: console.error };
  console.warn = console.error = (...texts: unknown[]) =>
    page.note({ is: 'text', where: 'console', text: texts.map(String).join(' ') });
  const onRejection = (error: unknown) => page.note({ is: 'threw', text: `unhandled: ${String(error)}` });
  process.on('unhandledRejection', onRejection);
  try {
    await play(page, schedule, createOpenGate(page, schedule), quiet);
  } finally {
    process.off('unhandledRejection', onRejection);
    Object.assign(console, realConsole);
    privateClient().clear();
    page.close();
  }
  return page.trace;
}

async function play(
  page: VirtualPage,
  schedule: Schedule,
  openGate: OpenGate,
  quiet: 'full' | 'steady',
): Promise<void> {
  const { options } = schedule;
  const endpoint = createModelEndpoint(page, schedule);
  const merchants = options.ownCache ? undefined : new QueryClient();
  const url = `https://shop.test/kyc/${++runs}`;
  const slots = new Map<number, Slot>();
  const fixed = { 'u-alice': newSecret('u-alice', 'token'), 'u-bob': newSecret('u-bob', 'token') };
  const minted = { 'u-alice': newSecret('u-alice', 'token'), 'u-bob': newSecret('u-bob', 'token') };
  const minting = [...schedule.minting];
  let mintingNow = 0;
  let gates = 0;

  function optionsOf({
    subject,
    openWhen,
    initialRecord,
  }: Pick<Slot, 'subject' | 'openWhen' | 'initialRecord'>): GateOptions {
    const { requireConsent, whenReuseFails, sessionKey, token, pollMs } = options;
    return {
      endpoint: url,
      subject,
      openWhen,
      requireConsent,
      whenReuseFails,
      sessionKey,
      request: { fetch: endpoint.fetchOf(subject), preferWait: options.preferWait },
      ...(initialRecord && { initialRecord }),
      ...(merchants && { queryClient: merchants }),
      ...(pollMs !== undefined && { polling: { pollMs, maxPollMs: pollMs } }),
      ...(token === 'fixed' && { shareToken: tokenOf(fixed[subject]) }),
      ...(token === 'function' && { shareToken: () => mint(subject) }),
    };
  }

  async function mint(subject: Subject) {
    const { ms, throws, again } = minting.shift() ?? { ms: 0, throws: false, again: false };
    mintingNow++;
    await page.sleep(ms);
    mintingNow--;
    if (throws) throw new Error('no token');
    if (!again) minted[subject] = newSecret(subject, 'token');
    return tokenOf(minted[subject]);
  }

  /** Tells of a gate that is about to be on the page. */
  function announce(subject: Subject, initial?: Initial): Omit<Slot, 'played'> {
    const gate = ++gates;
    const { openWhen, requireConsent } = options;
    const isOwn = initial?.of === subject;
    page.note({
      is: 'mounted',
      gate,
      subject,
      openWhen,
      asksConsent: requireConsent,
      initial: isOwn ? { reading: initial.kind ? kinds[initial.kind].reading : 'absent' } : undefined,
    });
    const record = initial?.kind ? recordOf(initial.of, initial.kind) : null;
    return { gate, subject, openWhen, initialRecord: initial && { subject: initial.of, record } };
  }

  function mount(slot: number, subject: Subject, strict = false, initial?: Initial): void {
    unmount(slot);
    const announced = announce(subject, initial);
    slots.set(slot, { ...announced, played: openGate(page, announced.gate, optionsOf(announced), strict) });
  }

  /** Where the gate can, in place: React keeps the element, and what it shows next is another gate's. */
  function change(slot: number, { gate, subject: before, played }: Slot, what: 'subject' | 'identity'): void {
    const subject = what === 'identity' ? before : before === 'u-alice' ? 'u-bob' : 'u-alice';
    if (!played.become) return mount(slot, subject);
    page.note({ is: 'unmounted', gate });
    const next = { ...announce(subject), played };
    slots.set(slot, next);
    played.become(next.gate, optionsOf(next), what);
  }

  function unmount(slot: number): void {
    const known = slots.get(slot);
    if (!known) return;
    slots.delete(slot);
    known.played.leave();
    page.note({ is: 'unmounted', gate: known.gate });
  }

  function click({ gate, played }: Slot, button: Button): void {
    const state = played.state();
    const isChoice = button !== 'fallback' || ('canFallback' in state && state.canFallback);
    page.note({ is: 'stimulus', what: isChoice ? button : 'nothing', gate });
    played.click(button);
  }

  async function take(step: Step): Promise<void> {
    const slot = 'slot' in step ? slots.get(step.slot) : undefined;
    const stimulus = (gate?: number) => page.note({ is: 'stimulus', what: step.do, gate });
    switch (step.do) {
      case 'pass':
        return page.pass(step.ms);
      case 'mount':
        return mount(step.slot, step.subject, step.strict, step.initial);
      case 'prefetch':
        page.note({ is: 'prefetched', subject: step.subject });
        page.note({ is: 'stimulus', what: step.do });
        return prefetchRecord(optionsOf({ subject: step.subject, openWhen: 'exists', initialRecord: null }));
      case 'unmount':
        return unmount(step.slot);
      case 'remount':
        unmount(step.slot);
        await page.pass(step.ms);
        return slot && mount(step.slot, slot.subject);
      case 'switchSubject':
        return slot && change(step.slot, slot, 'subject');
      case 'switchIdentity':
        return slot && change(step.slot, slot, 'identity');
      case 'blink':
        stimulus(slot?.gate);
        return slot?.played.blink?.();
      case 'setOpenWhen':
        if (slot) {
          slot.openWhen = step.openWhen;
          page.note({ is: 'openWhen', gate: slot.gate, openWhen: step.openWhen });
        }
        return slot?.played.update(optionsOf(slot));
      case 'rerender':
        return slot?.played.update(optionsOf(slot));
      case 'newToken':
        if (!slot) return;
        fixed[slot.subject] = newSecret(slot.subject, 'token');
        // A page has one token of a user, and hands it to all their gates.
        for (const one of slots.values()) {
          if (one.subject !== slot.subject) continue;
          stimulus(one.gate);
          one.played.update(optionsOf(one));
        }
        return;
      case 'click':
        return slot && click(slot, step.button);
      case 'focus':
        stimulus();
        return page.emit('focus');
      case 'hide':
      case 'show':
        return page.setVisible(step.do === 'show');
      case 'offline':
      case 'online':
        return page.setOnline(step.do === 'online');
      case 'jump':
        return page.jumpClock(step.ms);
      case 'otherTab':
        return page.lockElsewhere(step.ms, () => step.registers && endpoint.register(step.subject));
      case 'recordChanges':
        return endpoint.setRecord(step.subject, step.kind);
      case 'cache':
        stimulus();
        return merchants && disturb(merchants, step.how);
      default:
        return step satisfies never;
    }
  }

  async function settleAll(): Promise<void> {
    endpoint.becomeHonest();
    page.setOnline(true);
    /** What each gate waited for when the round before ended. */
    let waited = new Map<number, string | undefined>();
    for (const ms of quietRounds) {
      page.setVisible(false);
      page.setVisible(true);
      // Where a user is offered to load the page again, a return to the window does as well.
      if (ms > 120_000) page.emit('focus');
      await page.pass(ms);
      const waits = new Map([...slots.values()].map((slot) => [slot.gate, honestWait(slot)]));
      const isSteady = ({ gate }: Slot) =>
        quiet === 'steady' &&
        ms >= longRoundMs &&
        waits.get(gate) !== undefined &&
        waits.get(gate) === waited.get(gate);
      if ([...slots.values()].every((slot) => isSettled(slot) || isSteady(slot))) break;
      waited = waits;
      for (const slot of slots.values()) {
        const offered = offeredBy(slot.played.state());
        if (offered) click(slot, offered);
      }
    }
    for (const { gate, subject } of slots.values())
      page.note({ is: 'settled', gate, truth: endpoint.readingOf(subject) });
  }

  function isSettled({ subject, played }: Slot): boolean {
    const { status } = played.state();
    return (
      played.isOpen() ||
      (['blocked', 'declined'].includes(status) && [status, 'absent'].includes(endpoint.readingOf(subject)))
    );
  }

  /** What a gate rightly waits for that may never come. */
  function honestWait({ subject, openWhen, played }: Slot): 'input' | 'the user to look again' | undefined {
    const state = played.state();
    const truth = endpoint.readingOf(subject);
    if (state.status === 'needsInput') return truth === 'needsInput' && openWhen === 'verified' ? 'input' : undefined;
    const isOpening = truth === 'pending' ? openWhen === 'exists' : truth !== 'absent';
    return state.status === 'delayed' && state.exhausted && !isOpening ? 'the user to look again' : undefined;
  }

  async function leaveAll(): Promise<void> {
    for (const slot of [...slots.keys()]) unmount(slot);
    // What was fetched for a gate that did not come is forgotten after 30 s.
    await page.pass(schedule.steps.some((step) => step.do === 'prefetch') ? 31_000 : 10);
    // A registration under way is finished first; the lock is held no longer than that. Without locks nobody sees whether a read is a registration's own.
    const isRegistering =
      mintingNow > 0 || endpoint.isAsked('register') || (endpoint.isAsked() && (page.isLocked() || !schedule.locks));
    if (isRegistering) await page.pass(120_000);
    page.note({ is: 'left', what: 'timers', count: page.timerCount() });
    page.note({ is: 'left', what: 'listeners', count: page.listenerCount() });
    page.note({ is: 'left', what: 'locks', count: page.isLocked() ? 1 : 0 });
  }

  for (const step of schedule.steps) {
    await take(step);
    await page.settle();
    for (const client of [privateClient(), merchants]) {
      const kept = client
        ?.getQueryCache()
        .getAll()
        .map(({ queryKey, state }) => ({ queryKey, state }));
      page.note({ is: 'text', where: 'the query cache', text: JSON.stringify(kept ?? []) });
    }
  }
  await settleAll();
  await leaveAll();
}

function tokenOf(shareToken: string) {
  return { vendor: 'persona', shareToken } as const;
}

function recordOf(of: Subject, kind: RecordKind) {
  const { status, attested = false, is451 = false, availability, watchlist } = kinds[kind];
  const links = kind === 'needsInput' ? [{ link: `https://coinflow.cash/verify/${of}` }] : [];
  return {
    status,
    attested,
    ...(availability !== undefined && { availability }),
    ...(watchlist !== undefined && { watchlist }),
    moreNeeded: is451,
    links,
    reasons: [],
    vendor: `vendor of ${of}`,
  };
}

function offeredBy(state: GateState): Button | undefined {
  if (state.status === 'consent') return 'consent';
  if ('canRetry' in state && state.canRetry) return 'retry';
  return state.status === 'delayed' && state.exhausted ? 'recheck' : undefined;
}

/** What a merchant's own code may do to the cache it passed. */
function disturb(client: QueryClient, how: 'invalidate' | 'reset' | 'clear' | 'plant'): void {
  if (how === 'invalidate') void client.invalidateQueries();
  else if (how === 'reset') void client.resetQueries();
  else if (how === 'clear') client.clear();
  else client.setQueriesData({}, { record: recordOf('u-alice', 'approved'), seq: 1e9, at: Date.now() });
}
