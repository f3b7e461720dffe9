import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Simulator } from './createSimulator';
import type { KycChange } from './World';

/** Where Coinflow's webhooks go, and how. */
export interface WebhookOptions {
  readonly url: string;
  /** The Webhook Validation Key. */
  readonly validationKey: string;
  /** Which of Coinflow's two ways authenticates them. @default 'signature' */
  readonly auth?: 'signature' | 'key';
  /** How many copies of each are sent at once: Coinflow promises "at least once". @default 1 */
  readonly copies?: number;
  /** Pause before a retry, in ms. Coinflow documents none. @default 10000 */
  readonly retryEveryMs?: number;
  /** Whether a retry is signed with its own time. Coinflow doesn't document it. @default true */
  readonly signsRetriesAnew?: boolean;
  /** How long an answer may take, in ms. Source: Coinflow's webhook guide. @default 5000 */
  readonly answerMs?: number;
}

/** One attempt to deliver a webhook. */
export interface SentWebhook {
  readonly userKey: string;
  readonly eventType: KycChange['eventType'];
  /** The merchant's answer; 0: none, or none in time. */
  readonly status: number;
}

/** What {@link sendWebhooks} has sent. */
export interface WebhookSender {
  /** Every attempt, in the order in which it ended. */
  readonly sent: readonly SentWebhook[];
  /** Sends the last one again, as Coinflow may at any time. */
  repeatLast(): Promise<number>;
  /** Ends every wait and attempt, and sends no more. */
  stop(): void;
}

/** Coinflow gives up a webhook after this time, in ms. Source: Coinflow's webhook guide. */
const retriedForMs = 36 * 3_600_000;

/** Sends what the simulated Coinflow has to tell, as its webhook guide says: each one again until a 200. */
export function sendWebhooks({ config, onChange }: Simulator, options: WebhookOptions): WebhookSender {
  const { url, validationKey, auth = 'signature', copies = 1, answerMs = 5_000 } = options;
  const { retryEveryMs = 10_000, signsRetriesAnew = true } = options;
  const over = new AbortController();
  // Every delivery that is out listens.
  setMaxListeners(0, over.signal);
  const sent: SentWebhook[] = [];
  let last: (() => Promise<number>) | undefined;

  async function deliver(change: KycChange): Promise<void> {
    await pause(change.at - config.now(), over.signal);
    const body = bodyOf(change, config.merchantId);
    const firstAt = config.now();
    last = () => attempt(change, body, config.now());
    await Promise.all(
      Array.from({ length: copies }, async () => {
        while (!over.signal.aborted && config.now() - firstAt <= retriedForMs) {
          if ((await attempt(change, body, signsRetriesAnew ? config.now() : firstAt)) === 200) return;
          await pause(retryEveryMs, over.signal);
        }
      }),
    );
  }

  async function attempt({ userKey, eventType }: KycChange, body: string, at: number): Promise<number> {
    if (over.signal.aborted) return 0;
    const headers = {
      'content-type': 'application/json',
      ...(auth === 'key' ? { authorization: validationKey } : signed(body, at)),
    };
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(answerMs)]);
    const status = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    sent.push({ userKey, eventType, status });
    return status;
  }

  function signed(body: string, at: number): Record<string, string> {
    const seconds = Math.floor(at / 1000);
    const v1 = createHmac('sha256', validationKey).update(`${seconds}.${body}`).digest('hex');
    return { 'coinflow-signature': `t=${seconds},v1=${v1}` };
  }

  const stopListening = onChange((change) => void deliver(change));
  return {
    sent,
    repeatLast: () => last?.() ?? Promise.resolve(0),
    stop() {
      stopListening();
      over.abort();
    },
  };
}

/** Source: Coinflow's webhook guide. The separator of users known by id is U+02AC. */
function bodyOf({ userKey, eventType, email, at }: KycChange, merchantId: string): string {
  const [blockchain = 'user', name = ''] = userKey.split(/:(.*)/s);
  const wallet = blockchain === 'user' ? `${merchantId}\u02AC${name}` : name;
  const created = new Date(at).toISOString();
  return JSON.stringify({ eventType, category: 'KYC', created, data: { wallet, blockchain, email } });
}

/** Waits, or returns early if `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
