import { createSimulator, listen, sendWebhooks } from '../../../simulator';
import { answerParent, optionsFromParent } from './answerParent';
import { keys } from './simulatorKeys';

/** The simulated Coinflow and Sumsub over HTTP, with the limits and the strictness they have in the tests. */
export interface CoinflowOptions {
  /** A token is redeemed after a log-normal time with this median and sigma, in ms. */
  readonly medianMs: number;
  readonly sigma: number;
}

/** A request to Coinflow. */
export interface SeenRequest {
  /** Wall clock, ms. */
  readonly at: number;
  readonly userId: string;
  readonly operation: 'read' | 'register' | 'sessionKey';
  readonly status: number;
}

/** What Coinflow has seen. */
export interface CoinflowSeen {
  /** In the order in which they were answered. */
  readonly requests: readonly SeenRequest[];
  /** When each user's record became readable, by wall clock. */
  readonly readableAt: Readonly<Record<string, number>>;
}

const { medianMs, sigma } = optionsFromParent() as CoinflowOptions;
const random = mulberry32(20_261_128);
const simulator = createSimulator({ sumsubRedemptionMs: () => logNormal(medianMs, sigma, random) });
const { urls } = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });

let sender: ReturnType<typeof sendWebhooks> | undefined;

const commands = {
  urls: () => urls,
  /** Begins to send webhooks, of all kinds or without `KYC Created`. */
  sendWebhooks({ url, without }: { url: string; without?: 'KYC Created' }) {
    const chosen = {
      ...simulator,
      onChange: (listener: Parameters<typeof simulator.onChange>[0]) =>
        simulator.onChange((change) => change.eventType !== without && listener(change)),
    };
    sender = sendWebhooks(chosen, { url, validationKey: keys.webhooks });
  },
  /** How many webhooks were not answered 200, and had to be sent again. */
  unanswered: () => sender?.sent.filter(({ status }) => status !== 200).length ?? 0,
  seen(): CoinflowSeen {
    const requests: SeenRequest[] = [];
    const readable: Record<string, number> = {};
    for (const { service, path, method, userKey = '', readableAt, at, status } of simulator.log) {
      if (service !== 'coinflow') continue;
      const userId = userKey.replace('user:', '');
      const operation = method === 'POST' ? 'register' : path.endsWith('/withdraw') ? 'read' : 'sessionKey';
      requests.push({ at, userId, operation, status });
      if (readableAt !== undefined) readable[userId] = readableAt;
    }
    return { requests, readableAt: readable };
  },
};
export type CoinflowCommands = typeof commands;

answerParent(commands);

function logNormal(median: number, spread: number, draw: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  return median * Math.exp(spread * normal);
}

/** Seeded, so that every run has the same redemptions. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
