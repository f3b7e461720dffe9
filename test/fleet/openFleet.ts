import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSimulator, listen, userKeyOf } from '../../simulator';
import { startRedis } from '../redis/redisServer';
import type { InstanceMessage, InstanceOptions } from './instance';

/** One process of the merchant's backend. */
export interface Instance {
  readonly port: number;
  /** The codes that went to `onError`, over all its lives. */
  readonly errors: string[];
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on its port. */
  start(): Promise<void>;
}

/** Three instances of the kit in processes of their own, over one simulator and one Redis. Everything ends with the test. */
export async function openFleet() {
  const simulator = createSimulator();
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  onTestFinished(() => services.close());
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  // By address: a busy process may take too long to find out that `localhost` isn't ::1, and would call it unreachable.
  const { coinflow, persona } = services.urls;
  const options = { coinflow: byAddress(coinflow), persona: byAddress(persona), redis: redis.url, port: 0 };
  const instances = await Promise.all([1, 2, 3].map(() => startInstance(options)));
  let turn = 0;

  return {
    simulator,
    redis,
    instances,
    /** Asks the next instance in turn that listens. As a load balancer, it never sends a request twice. */
    async ask(request: Request): Promise<Response> {
      const { method, headers, signal } = request;
      const body = method === 'POST' ? await request.text() : null;
      for (let tries = 1; ; tries++) {
        const { port } = instances[turn++ % instances.length] as Instance;
        try {
          const { pathname, search } = new URL(request.url);
          return await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method, headers, signal, body });
        } catch (error) {
          if (tries > 2 * instances.length || !wasRefused(error)) throw error;
        }
      }
    },
    /** How often Coinflow took a token of this user. */
    registrations: (userId: string) =>
      simulator.log.filter(({ userKey, readableAt }) => userKey === userKeyOf(userId) && readableAt !== undefined)
        .length,
  };
}

export type Fleet = Awaited<ReturnType<typeof openFleet>>;

async function startInstance(options: InstanceOptions): Promise<Instance> {
  const errors: string[] = [];
  let child: ChildProcess | undefined;
  let port = options.port;

  async function start() {
    const started = spawn(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'instance.ts'), JSON.stringify({ ...options, port })],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.once('exit', (code, signal) => reject(new Error(`An instance ended with ${code ?? signal}.`)));
      started.on('message', (message: InstanceMessage) => {
        if ('error' in message) return errors.push(message.error);
        ({ port } = message);
        return resolve();
      });
    });
  }
  async function kill() {
    const ended = child;
    child = undefined;
    if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
    await new Promise((resolve) => {
      ended.once('exit', resolve);
      ended.kill('SIGKILL');
    });
  }
  onTestFinished(kill);
  await start();
  return {
    get port() {
      return port;
    },
    errors,
    kill,
    start,
  };
}

const byAddress = (url: string) => url.replace('localhost', '127.0.0.1');

function wasRefused(error: unknown): boolean {
  return ((error as { cause?: { code?: unknown } }).cause?.code ?? '') === 'ECONNREFUSED';
}
