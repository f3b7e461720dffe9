import { setTimeout as wait } from 'node:timers/promises';
import { noRedis, startRedis } from '../../test/redis/redisServer';
import { median } from '../median';
import type { KitCommands, KitOptions } from './children/kit';
import type { WaiterCommands } from './children/waiters';
import { quantile, type Section } from './figures';
import { startChild } from './startChild';

const held = 1_000;
const wakes = 200;

/** Two instances over one Redis: one holds the requests, the other one gets the webhooks. */
export async function measureAcrossInstances(): Promise<Section> {
  const title = 'Waking across instances';
  if (noRedis) {
    console.error(`NOT MEASURED: ${title}${noRedis}`);
    return { title, text: `Not measured${noRedis}.`, found: {} };
  }
  const redis = await startRedis('--appendonly', 'no');
  const stub = await startChild('stub');
  const options: KitOptions = { coinflow: stub.url, sumsub: stub.url, webhooks: true, redis: redis.url };
  const holder = await startChild<KitCommands>('kit', options);
  const receiver = await startChild<KitCommands>('kit', options);
  const waiters = await startChild<WaiterCommands>('waiters');
  await waiters.ask('arrive', { port: holder.port, count: held, arriveMs: 4_000, run: 'b' });
  await wait(500);
  const times = await waiters.ask('wake', { count: wakes, webhookPort: receiver.port, coinflowPort: stub.port });
  const elsewhere = (await receiver.ask('stats')).held.gets;
  for (const child of [waiters, holder, receiver, stub]) await child.end();
  await redis.close();
  return {
    title,
    text: `Two instances over a real \`redis-server\` on loopback, without persistence. One holds ${held.toLocaleString('en')} requests; the webhooks go to the other one, which holds ${elsewhere}. From the webhook's leaving to the held answer's arrival: ${median(times).toFixed(1)} ms median, ${quantile(times, 0.95).toFixed(1)} ms p95, ${Math.max(...times).toFixed(1)} ms longest, of ${wakes}. That includes the deduplication, the wake-up through Redis, and a read of Coinflow with its counts in Redis.`,
    found: {
      wakeAcross: {
        isReached: median(times) <= 40,
        found: `${median(times).toFixed(1)} ms (p95 ${quantile(times, 0.95).toFixed(1)} ms), ${wakes} woken of ${held.toLocaleString('en')}`,
      },
    },
  };
}
