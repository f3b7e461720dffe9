import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Scenario } from '../../simulator';
import { logEntries } from '../browser/logEntries';
import { breachesOf } from '../proof/invariants';
import type { Event, Reading } from '../proof/Trace';
import { createRandom, type Random } from './createRandom';
import type { Chaos } from './openChaos';
import type { Look } from './page/main';

/** How a journey ended, and everything in it that must not be. */
export interface Journey {
  /** `open`, or the state or failure code that it ended in, and whether the weather had to become fine for that. */
  readonly end: string;
  /** What else happened on the way. */
  readonly ways: readonly string[];
  readonly ms: number;
  /** Share tokens that reached Coinflow. */
  readonly registrations: number;
  readonly breaches: readonly string[];
}

const scenarios: Partial<Record<Scenario, number>> = {
  firstTime: 50,
  pendingThenApproved: 6,
  attested: 5,
  unknownStatus: 3,
  slow: 3,
  returning: 8,
  needsInput: 6,
  partialApproval: 3,
  expired: 4,
  refused: 4,
  nothingToShare: 3,
  rejected: 3,
  blocked: 2,
};

interface End {
  /** What the record means in the end. */
  readonly truth: Reading;
  /** The state, or failure code, that is honest then. */
  readonly shown: string;
}

const open: End = { truth: 'verified', shown: 'open' };

/** Where a scenario ends, if not with the open form, whatever happens on the way. */
const ends: Partial<Record<Scenario, End>> = {
  refused: { truth: 'absent', shown: 'tokenRefused' },
  nothingToShare: { truth: 'absent', shown: 'noShareableVerification' },
  rejected: { truth: 'declined', shown: 'declined' },
  blocked: { truth: 'blocked', shown: 'blocked' },
};

/** The same for scenarios that `openWhen="verified"` keeps waiting. */
const unverifiedEnds: Partial<Record<Scenario, End>> = {
  partialApproval: { truth: 'needsInput', shown: 'needsInput' },
  unknownStatus: { truth: 'pending', shown: 'delayed' },
};

/** Longest bad weather, and longest time to the end once it is over: a limit of a minute, with its pauses and grace, lies between. */
const badMs = [8_000, 30_000] as const;
const calmMs = 150_000;

/** One user's way through the weather, in one tab or two, with reloads, remounts and impatience. */
export async function playJourney(browser: Browser, chaos: Chaos, seed: number): Promise<Journey> {
  const random = createRandom(seed);
  const scenario = random.pick(scenarios as Record<Scenario, number>);
  const user = chaos.arrive(scenario, createRandom(seed + 1));
  const openWhen = random.chance(0.25) ? 'verified' : 'exists';
  const endpoint = scenario !== 'nothingToShare' && random.chance(0.3) ? '/api/kyc-sumsub' : '/api/kyc';
  const { truth, shown } = ends[scenario] ?? (openWhen === 'verified' ? unverifiedEnds[scenario] : undefined) ?? open;
  const context = await browser.newContext();
  // A busy machine is no weather.
  context.setDefaultTimeout(120_000);
  await context.addCookies([{ name: 'user', value: user, url: chaos.url, httpOnly: true }]);
  const began = performance.now();
  const calmAt = began + random.between(...badMs);
  const breaches: string[] = [];
  const ways = new Set<string>();

  async function playTab(own: Random): Promise<string> {
    const tab = await openTab(context, chaos.url);
    const { page } = tab;
    const mount = () =>
      page.evaluate(([subject, props]) => window.chaos.mount(subject, props), [user, { endpoint, openWhen }] as const);
    await wait(own.between(0, 500));
    await mount();
    const disturbAt = performance.now() + own.between(500, 12_000);
    let disturbance = own.pick({ none: 55, reload: 25, remount: 20 });
    let pressAt = Infinity;
    let presses = 0;
    let end: string;
    for (;;) {
      await wait(250);
      const now = performance.now();
      if (now > calmAt) chaos.becomeCalm(user);
      if (now > disturbAt && disturbance !== 'none') {
        ways.add({ reload: 'page reloaded', remount: 'gate remounted' }[disturbance]);
        if (disturbance === 'reload') await reload();
        else await page.evaluate(() => window.chaos.unmount()).then(mount);
        disturbance = 'none';
        pressAt = Infinity;
        continue;
      }
      const look = await page.evaluate(() => window.chaos.look());
      end = labelOf(look);
      if (end === shown && (shown !== 'open' || (await isFormOf(page, user)))) break;
      if (now > calmAt + calmMs) {
        breaches.push(`ended as ${end} instead of ${shown}: ${JSON.stringify(look)}`);
        break;
      }
      if (end === 'needsInput') chaos.giveInput(user);
      // Impatient once the weather is fine, and now and then before.
      if (look.buttons.length === 0) pressAt = Infinity;
      else if (pressAt === Infinity) pressAt = now + own.between(1_000, presses > 3 ? 20_000 : 6_000);
      else if (now > pressAt) {
        presses++;
        pressAt = Infinity;
        ways.add(end === 'open' ? 'form reloaded' : 'button pressed');
        if (look.buttons[0] === 'Reload' && end !== 'open') await reload();
        else await page.evaluate(() => window.chaos.press());
      }
    }
    await leave();
    return end;

    async function reload(): Promise<void> {
      chaos.noteReload(user);
      await judge();
      await page.reload();
      await mount();
    }

    async function leave(): Promise<void> {
      await page.evaluate((it) => window.chaos.settle(it), truth);
      await page.evaluate(() => window.chaos.unmount());
      await wait(200);
      // A registration under way is finished first, although a read has opened the form meanwhile.
      await page.waitForFunction(() => {
        const { trace } = window.chaos;
        const answered = new Set(trace.map((event) => (event.is === 'answered' ? event.id : -1)));
        return trace.every((event) => event.is !== 'asked' || event.kind !== 'register' || answered.has(event.id));
      });
      await page.evaluate(() =>
        window.chaos.note({
          is: 'left',
          what: 'nodes',
          count: document.getElementById('root')?.childNodes.length ?? -1,
        }),
      );
      await judge();
      breaches.push(...tab.errors);
    }

    /** Holds what this page load has seen against the invariants of the proof. */
    async function judge(): Promise<void> {
      await page.evaluate(() => {
        for (const [where, storage] of Object.entries({ localStorage, sessionStorage }))
          window.chaos.note({ is: 'text', where, text: JSON.stringify(storage) });
        window.chaos.note({ is: 'text', where: 'the address', text: location.href });
      });
      const trace = await page.evaluate(() => window.chaos.trace);
      const told = tab.lines
        .splice(0)
        .map((text): Event => ({ is: 'text', where: 'the console', text, at: Date.now(), wall: Date.now() }));
      breaches.push(...breachesOf(redacted([...trace, ...told])));
    }
  }

  const tabs = random.chance(0.15) ? 2 : 1;
  const tabEnds = await Promise.all(Array.from({ length: tabs }, (_, i) => playTab(createRandom(seed + 2 + i))));
  const ms = performance.now() - began;
  await context.close();
  const log = chaos.log(user);
  const registrations = log.filter(logEntries.isRegistration);
  breaches.push(...breachesOfLog());
  if (tabs > 1) ways.add('two tabs');
  if (registrations.some(({ status }) => status === 0 || status >= 400)) ways.add('registration failed at Coinflow');
  const when = ms < calmAt - began ? '' : ', once calm';
  return {
    end: `${tabEnds[0]}${when}`,
    ways: [...ways],
    ms,
    registrations: registrations.length,
    breaches: [...new Set(breaches)].map((breach) => `${user} (seed ${seed}): ${breach}`),
  };

  /** The promise of the gate, from the log of the services. */
  function breachesOfLog(): string[] {
    const found: string[] = [];
    const read = log.find((entry) => logEntries.isRead(entry) && (entry.status === 200 || entry.status === 451));
    for (const page of log.filter(logEntries.isPage)) {
      if (!page.recordExisted) found.push('the payout page was asked for before there was a record');
      if (!read || read.seq > page.seq) found.push('the payout page was asked for before a record was read');
    }
    const taken = log.filter(({ readableAt }) => readableAt !== undefined).length;
    if (taken > 1 + chaos.lostOf(user))
      found.push(`${taken} registrations were taken, though only ${chaos.lostOf(user)} answers were lost`);
    return found;
  }
}

function labelOf({ state, form }: Look): string {
  if (form) return 'open';
  return state?.status === 'failed' ? state.failure.code : (state?.status ?? 'nothing');
}

async function isFormOf(page: Page, user: string): Promise<boolean> {
  const body = page.frames().find((frame) => frame.url().startsWith('http://localhost:3000/'));
  const seen = await body
    ?.evaluate(() => ({ user: document.body.dataset.withdrawUser, state: document.body.dataset.withdrawState }))
    .catch(() => undefined);
  return seen?.user === user && seen.state === 'form';
}

/** Tokens and keys, as the simulated services make them, under the name by which the invariants know them. */
function redacted(trace: readonly Event[]): Event[] {
  return JSON.parse(
    JSON.stringify(trace).replaceAll(/cnst_[0-9a-f]{32}|_act-share-[\w-]+|eyJhbGciOi[\w.-]+/g, 'SECRET'),
  ) as Event[];
}

async function openTab(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const lines: string[] = [];
  const errors: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => errors.push(`I9: ${error.message}`));
  await page.goto(url);
  return { page, lines, errors };
}
