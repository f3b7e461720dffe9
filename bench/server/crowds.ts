import { table } from '../report/reach';
import type { CoinflowCommands, CoinflowSeen, SeenRequest } from './children/coinflow';
import type { CrowdCommands, CrowdOptions, Visit } from './children/crowd';
import type { HandWrittenCommands } from './children/handWritten';
import type { KitCommands } from './children/kit';
import { quantile, type Section } from './figures';
import { startChild } from './startChild';

const users = 2_000;
const arriveMs = 10_000;
const redemption = { medianMs: 3_000, sigma: 0.6 };
const giveUpMs = 60_000;

/** About three fifths of what the pages would like while they arrive, so that it is felt. */
const budget = { requests: 500, perMs: 1_000 } as const;

/** The window of Coinflow's limit of reads of a missing record: 10 in 10 s. */
const notFoundMs = 10_000;

interface Scene {
  readonly name: string;
  readonly behaviour: CrowdOptions['behaviour'];
  readonly webhooks: 'all' | 'withoutCreated' | 'lost' | 'none';
  readonly isLimited?: boolean;
}

const scenes = {
  webhooks: { name: 'Kit, webhooks', behaviour: 'gate', webhooks: 'all' },
  oneWebhook: { name: 'Kit, webhooks without `KYC Created`', behaviour: 'gate', webhooks: 'withoutCreated' },
  lost: { name: 'Kit, every webhook lost, budget of 500/s', behaviour: 'gate', webhooks: 'lost', isLimited: true },
  none: { name: 'Kit without webhooks', behaviour: 'gate', webhooks: 'none' },
  naive: { name: 'By hand, poll every 2 s', behaviour: 'poll', webhooks: 'none' },
} as const satisfies Record<string, Scene>;

/** 2,000 users within 10 s, over the simulator: what each scene asks of Coinflow, and how long its users wait. */
export async function measureCrowds(): Promise<Section> {
  const webhooks = await play(scenes.webhooks);
  const oneWebhook = await play(scenes.oneWebhook);
  const lost = await play(scenes.lost);
  const none = await play(scenes.none);
  const naive = await play(scenes.naive);
  return {
    title: 'A crowd',
    text: `${method}\n\n${table(
      [
        '',
        'reads per user: all',
        'after the registration',
        'requests to Coinflow per user',
        'busiest second',
        'most reads of one user in 10 s',
        '429 from Coinflow / to pages',
        'redeemed to told: median / p95 / longest',
        'arrived to told: longest',
        'never told',
      ],
      [webhooks, oneWebhook, lost, none, naive].map(cellsOf),
      1,
    )}`,
    found: {
      readsPerUser: {
        isReached: webhooks.readsAfter <= 1.2,
        found: `${webhooks.readsAfter.toFixed(2)} after the registration, beside the one look before it; ${oneWebhook.readsAfter.toFixed(2)} where Coinflow sends no \`KYC Created\` before the record is readable; the naive proxy ${naive.readsAfter.toFixed(2)}`,
      },
      budget: {
        isReached: lost.busiest <= budget.requests && lost.refusedByCoinflow === 0,
        found: `at most ${lost.busiest} requests in any second, wherever it begins, of ${budget.requests} allowed; at most ${lost.mostReads} reads of one user in 10 s; Coinflow refused ${lost.refusedByCoinflow}`,
      },
      nobodyStarves: {
        isReached: lost.neverTold === 0,
        found: `${lost.neverTold} never told; longest wait from redeemed to told ${seconds(Math.max(...lost.lags))}, from arrival ${seconds(lost.longestVisit)}; the naive proxy, without a budget, ${seconds(Math.max(...naive.lags))} and ${seconds(naive.longestVisit)}`,
      },
    },
  };
}

type Played = Awaited<ReturnType<typeof play>>;

async function play({ name, behaviour, webhooks, isLimited = false }: Scene) {
  console.log(`  ${name} …`);
  const coinflow = await startChild<CoinflowCommands>('coinflow', redemption);
  const urls = await coinflow.ask('urls');
  const isKit = behaviour === 'gate';
  const backend = await startChild<KitCommands | HandWrittenCommands>(isKit ? 'kit' : 'handWritten', {
    coinflow: urls.coinflow,
    sumsub: urls.sumsub,
    webhooks: webhooks !== 'none',
    ...(isLimited && { limits: { global: budget } }),
  });
  if (webhooks === 'all' || webhooks === 'withoutCreated') {
    const url = `${backend.url}/webhooks/coinflow`;
    await coinflow.ask('sendWebhooks', webhooks === 'all' ? { url } : { url, without: 'KYC Created' });
  }
  const crowd = await startChild<CrowdCommands>('crowd');
  const visits = await crowd.ask('run', { port: backend.port, users, arriveMs, behaviour, giveUpMs });
  const seen = await coinflow.ask('seen');
  const unanswered = await coinflow.ask('unanswered');
  if (unanswered > 0) console.log(`  ${unanswered} webhooks were not answered 200, and were sent again.`);
  for (const child of [crowd, backend, coinflow]) await child.end();
  return { name, ...figuresOf(seen, visits) };
}

function figuresOf({ requests, readableAt }: CoinflowSeen, visits: Readonly<Record<string, Visit>>) {
  const all = Object.entries(visits);
  const told = all.flatMap(([userId, { toldAt, arrivedAt }]) =>
    toldAt === undefined ? [] : [{ lag: toldAt - (readableAt[userId] ?? NaN), visit: toldAt - arrivedAt }],
  );
  const byUser = new Map(all.map(([userId]): [string, SeenRequest[]] => [userId, []]));
  for (const request of requests) byUser.get(request.userId)?.push(request);
  const each = [...byUser.values()].map((own) => {
    const reads = own.filter(({ operation }) => operation === 'read');
    const registeredAt = own.findIndex(({ operation }) => operation === 'register');
    return {
      reads: reads.length,
      readsAfter: own.slice(registeredAt).filter(({ operation }) => operation === 'read').length,
      registrations: own.filter(({ operation }) => operation === 'register').length,
      mostReads: mostWithin(reads, notFoundMs),
    };
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    reads: mean(each.map(({ reads }) => reads)),
    readsAfter: mean(each.map(({ readsAfter }) => readsAfter)),
    registrations: Math.max(...each.map(({ registrations }) => registrations)),
    mostReads: Math.max(...each.map(({ mostReads }) => mostReads)),
    requests: requests.length / users,
    busiest: mostWithin(requests, budget.perMs),
    refusedByCoinflow: requests.filter(({ status }) => status === 429).length,
    refusals: all.reduce((sum, [, visit]) => sum + visit.refusals, 0),
    lags: told.map(({ lag }) => lag),
    longestVisit: Math.max(...told.map(({ visit }) => visit)),
    neverTold: users - told.length,
  };
}

/** The most of these in any window, wherever it begins. */
function mostWithin(requests: readonly SeenRequest[], windowMs: number): number {
  const times = requests.map(({ at }) => at).sort((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - windowMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function cellsOf(played: Played): string[] {
  const { name, reads, readsAfter, requests, busiest, mostReads, refusedByCoinflow, refusals } = played;
  const { lags, longestVisit, neverTold } = played;
  return [
    name,
    reads.toFixed(2),
    readsAfter.toFixed(2),
    requests.toFixed(2),
    String(busiest),
    String(mostReads),
    `${refusedByCoinflow} / ${refusals}`,
    `${seconds(quantile(lags, 0.5))} / ${seconds(quantile(lags, 0.95))} / ${seconds(Math.max(...lags))}`,
    seconds(longestVisit),
    String(neverTold),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 1_000 ? 3 : 1)} s`;
}

const method = `${users.toLocaleString('en')} first-time users arrive within ${arriveMs / 1_000} s, each a page with its own connections: GET, then POST and session key beside each other. A gate's page holds its POST and, after that, its GETs (\`Prefer: wait=8\`), and keeps to \`Retry-After\`; the naive page asks the hand-written proxy every 2 s. Coinflow and Sumsub are the simulator over HTTP, with its limits per user; a token is redeemed after a log-normal time with a median of ${redemption.medianMs / 1_000} s (sigma ${redemption.sigma}, the same draws in each scene). It sends \`KYC Created\` with the registration and \`KYC Success\` when the record is readable; Coinflow names both, and not when it sends them. Sumsub, because Persona allows 300 tokens a minute, and this crowd asks for 12,000. Reads and requests are counted at Coinflow, windows wherever they begin.`;
