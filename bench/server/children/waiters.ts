import { setTimeout as wait } from 'node:timers/promises';
import { signWebhook } from 'kyc-reuse-gate/server';
import { answerParent } from './answerParent';
import { connectTo, type Connection } from './connection';
import { pathOf, sessionOf } from './session';
import { keys } from './simulatorKeys';

/** Pages that wait for a record: each reads once, then asks again and again with `Prefer: wait`, as a gate does. */
export interface WaitOptions {
  readonly port: number;
  readonly count: number;
  /** Over how long they arrive, in ms: as long as a hold, so that they don't come back all at once. */
  readonly arriveMs: number;
  /** Names the users. */
  readonly run: string;
}

/** Whom to wake, one after the other. */
export interface WakeOptions {
  readonly count: number;
  /** The instance that gets the webhook. */
  readonly webhookPort: number;
  /** The stub, which is told first that the record is readable. */
  readonly coinflowPort: number;
}

const prefer = { prefer: 'wait=8' };
/** Those who wait, with what to call when they are told. */
const waiting = new Map<string, { connection: Connection; told: (at: number) => void; promise: Promise<number> }>();
const failures: string[] = [];
let isOver = false;

async function arrive({ port, count, arriveMs, run }: WaitOptions): Promise<number> {
  const began = performance.now();
  const first = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await wait(began + (i * arriveMs) / count - performance.now());
      const userId = `waiting-${run}-${i}`;
      const connection = await connectTo(port);
      const { status, header } = await connection.ask('GET', pathOf(userId), sessionOf(userId));
      if (status !== 200) throw new Error(`A first read was answered with ${status}.`);
      let told: (at: number) => void = () => {};
      const promise = new Promise<number>((resolve) => (told = resolve));
      waiting.set(userId, { connection, told, promise });
      void watch(userId, connection, header('etag') ?? '');
    }),
  );
  return first.length;
}

async function watch(userId: string, { ask }: Connection, etag: string): Promise<void> {
  try {
    while (!isOver) {
      const answer = await ask('GET', pathOf(userId), { ...sessionOf(userId), ...prefer, 'if-none-match': etag });
      if (answer.status !== 200) throw new Error(`A held read was answered with ${answer.status}.`);
      if (answer.body.includes('"approved"')) {
        waiting.get(userId)?.told(performance.now());
        return;
      }
    }
  } catch (error) {
    if (!isOver) failures.push(String(error));
  }
}

/** @returns from the webhook's leaving to the held answer's arrival, in ms, of each that was woken */
async function wake({ count, webhookPort, coinflowPort }: WakeOptions): Promise<number[]> {
  const [coinflow, receiver] = [await connectTo(coinflowPort), await connectTo(webhookPort)];
  const users = [...waiting.keys()];
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    // Spread over all who wait: those who came last aren't special.
    const userId = users[Math.floor((i + 0.5) * (users.length / count))] ?? '';
    await coinflow.ask('GET', `/control/readable/${userId}`, {});
    const body = webhookOf(userId);
    const headers = { 'content-type': 'application/json', ...(await signWebhook(body, keys.webhooks)) };
    const sentAt = performance.now();
    const { status } = await receiver.ask('POST', '/webhooks/coinflow', headers, body);
    if (status !== 200) throw new Error(`A webhook was answered with ${status}.`);
    const toldAt = await Promise.race([waiting.get(userId)?.promise, wait(9_000, Infinity)]);
    times.push((toldAt ?? Infinity) - sentAt);
    await wait(10);
  }
  coinflow.close();
  receiver.close();
  return times;
}

function webhookOf(userId: string): string {
  const data = { wallet: `${keys.merchantId}\u02AC${userId}`, blockchain: 'user', email: `${userId}@example.com` };
  return JSON.stringify({ eventType: 'KYC Success', category: 'KYC', created: new Date().toISOString(), data });
}

const commands = {
  arrive,
  wake,
  failures: () => failures.slice(0, 5),
  leave() {
    isOver = true;
    for (const { connection } of waiting.values()) connection.close();
    waiting.clear();
  },
};
export type WaiterCommands = typeof commands;

answerParent(commands);
