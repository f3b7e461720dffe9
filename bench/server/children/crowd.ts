import { setTimeout as wait } from 'node:timers/promises';
import { pollInterval } from '../../../src/gate/polling';
import { answerParent } from './answerParent';
import { type Answer, connectTo, type Connection } from './connection';
import { pathOf, sessionOf } from './session';

/** First-time users, each with a page of their own. */
export interface CrowdOptions {
  readonly port: number;
  readonly users: number;
  /** Over how long they arrive, in ms, evenly. */
  readonly arriveMs: number;
  /** `gate`: holds its requests, and keeps to `Retry-After`. `poll`: asks every 2 s. */
  readonly behaviour: 'gate' | 'poll';
  /** When a page gives up, in ms since it arrived. */
  readonly giveUpMs: number;
}

/** What one page lived through. Wall clock, so that it compares with Coinflow's. */
export interface Visit {
  readonly arrivedAt: number;
  /** `undefined`: gave up. */
  readonly toldAt: number | undefined;
  /** Answers 429. */
  readonly refusals: number;
}

const pollMs = 2_000;

async function run({ port, users, arriveMs, behaviour, giveUpMs }: CrowdOptions): Promise<Record<string, Visit>> {
  const began = performance.now();
  const visits: Record<string, Visit> = {};
  await Promise.all(
    Array.from({ length: users }, async (_, i) => {
      await wait(began + (i * arriveMs) / users - performance.now());
      const userId = `user-${i}`;
      visits[userId] = await visit(userId, port, behaviour, giveUpMs);
    }),
  );
  return visits;
}

async function visit(
  userId: string,
  port: number,
  behaviour: CrowdOptions['behaviour'],
  giveUpMs: number,
): Promise<Visit> {
  const arrivedAt = Date.now();
  const isLate = () => Date.now() - arrivedAt > giveUpMs;
  const [page, beside] = [await connectTo(port), await connectTo(port)];
  const [path, session] = [pathOf(userId), sessionOf(userId)];
  const held = behaviour === 'gate' ? { prefer: 'wait=8' } : {};
  let refusals = 0;

  /** Asks until it gets an answer, and keeps to `Retry-After`. */
  async function answered(ask: () => ReturnType<Connection['ask']>): Promise<Answer | undefined> {
    while (!isLate()) {
      const answer = await ask();
      if (answer.status < 400) return answer;
      if (answer.status !== 429 && answer.status !== 503) throw new Error(`${answer.status}: ${answer.body}`);
      if (answer.status === 429) refusals++;
      await wait(1_000 * Number(answer.header('retry-after') ?? 1));
    }
    return undefined;
  }

  async function untilTold(): Promise<boolean> {
    const first = await answered(() => page.ask('GET', path, session));
    if (first === undefined || tells(first)) return first !== undefined;
    const key = answered(() => beside.ask('GET', `${path}&session=1`, session));
    const posted = { ...session, ...held, 'content-type': 'application/json' };
    const registered = await answered(() => page.ask('POST', path, posted, '{}'));
    await key;
    if (registered === undefined) return false;
    if (registered.body.includes('"confirmed":true') && tells(registered)) return true;
    const waitingSince = Date.now();
    const known = first.header('etag');
    const watched = behaviour === 'gate' && known !== undefined ? { ...held, 'if-none-match': known } : {};
    for (;;) {
      if (behaviour === 'poll') await wait(pollMs);
      const answer = await answered(() => page.ask('GET', path, { ...session, ...watched }));
      if (answer === undefined) return false;
      if (tells(answer)) return true;
      if (behaviour === 'gate' && answer.header('preference-applied') === undefined)
        await wait(pollInterval(Date.now() - waitingSince));
    }
  }

  const isTold = await untilTold();
  const toldAt = isTold ? Date.now() : undefined;
  page.close();
  beside.close();
  return { arrivedAt, toldAt, refusals };
}

/** Whether an answer to GET, or a confirmed one to POST, holds a record. */
function tells({ body }: Answer): boolean {
  return body.includes('"verification":{');
}

const commands = { run };
export type CrowdCommands = typeof commands;

answerParent(commands);
