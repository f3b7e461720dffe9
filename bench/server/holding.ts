import { setTimeout as wait } from 'node:timers/promises';
import { median } from '../median';
import type { KitCommands } from './children/kit';
import type { WaiterCommands } from './children/waiters';
import { megabytes, quantile, type Section } from './figures';
import { startChild } from './startChild';

const held = 10_000;

/** Two holds long: requests then end, and come back, evenly. */
const arriveMs = 16_000;

/** A hold of the kit, in ms. All have been answered and have come back once in it. */
const settleMs = 8_000;

const wakes = 200;

/** One instance holds 10,000 requests, over as many connections, and wakes some. */
export async function measureHolding(): Promise<Section> {
  const stub = await startChild('stub');
  const kit = await startChild<KitCommands>('kit', { coinflow: stub.url, sumsub: stub.url, webhooks: true });
  const waiters = await startChild<WaiterCommands>('waiters');
  const empty = await kit.ask('usage');
  await waiters.ask('arrive', { port: kit.port, count: held, arriveMs, run: 'a' });
  await wait(settleMs);
  const [cpuBefore, before] = [await kit.ask('cpuMs'), await kit.ask('stats')];
  await wait(settleMs);
  const [cpuAfter, after] = [await kit.ask('cpuMs'), await kit.ask('stats')];
  const full = await kit.ask('usage');
  const holds = (await kit.ask('stats')).held.gets;
  const times = await waiters.ask('wake', { count: wakes, webhookPort: kit.port, coinflowPort: stub.port });
  const failures = await waiters.ask('failures');
  if (failures.length > 0) console.log(`Waiting pages failed: ${failures.join('; ')}`);
  for (const child of [waiters, kit, stub]) await child.end();

  const perRequest = (full.rss - empty.rss) / holds;
  const load = (100 * (cpuAfter - cpuBefore)) / settleMs;
  const isWhole = holds >= held - 200 && failures.length === 0;
  return {
    title: 'Held requests',
    text: `${held.toLocaleString('en')} users, each with a connection of their own, ask again as soon as a hold of 8 s ends; \`webhooks: true\`, no record changes. Memory is the instance's, after a forced garbage collection; the peak is the highest since it started, garbage included.

- Held at the moment of measuring: ${holds.toLocaleString('en')}. Empty instance ${megabytes(empty.rss)}, full ${megabytes(full.rss)} (heap ${megabytes(full.heapUsed)}), peak ${megabytes(full.peakRss)}: ${(perRequest / 1e3).toFixed(1)} kB a held request.
- Holding them takes ${load.toFixed(0)} % of one core: ${Math.round((1_000 * held) / settleMs)} requests a second come back, and ${Math.round((1_000 * (after.reads - before.reads)) / settleMs)} background reads a second go to Coinflow.
- ${wakes} users woken, one after the other, while all the others are held: from the webhook's leaving to the held answer's arrival ${median(times).toFixed(1)} ms median, ${quantile(times, 0.95).toFixed(1)} ms p95, ${Math.max(...times).toFixed(1)} ms longest. That includes the signature, the deduplication and a read of Coinflow.`,
    found: {
      memory: {
        isReached: isWhole && full.rss <= 400e6,
        found: `${megabytes(full.rss)}, peak ${megabytes(full.peakRss)}, at ${holds.toLocaleString('en')} held`,
      },
      wake: {
        isReached: median(times) <= 20,
        found: `${median(times).toFixed(1)} ms (p95 ${quantile(times, 0.95).toFixed(1)} ms), ${wakes} woken of ${holds.toLocaleString('en')}`,
      },
    },
  };
}
