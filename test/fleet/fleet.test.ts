// @vitest-environment jsdom
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { userKeyOf } from '../../simulator';
import { noRedis } from '../redis/redisServer';
import { openFleet } from './openFleet';
import { type Fared, visit } from './visit';

/** They take two minutes and both cores: `.ci/full` runs them, and whoever asks for it. */
const isAsked = process.env.REDIS_REQUIRED === '1';
const skipped = noRedis || (isAsked ? '' : ' (skipped: REDIS_REQUIRED=1 runs it)');

/** Every form opened, and every user was registered once. */
function expectWell({ stuck, doubles, missed }: Fared) {
  expect({ stuck, doubles, missed }).toEqual({ stuck: [], doubles: [], missed: [] });
}

describe.skipIf(skipped)(`three instances behind a round robin${skipped}`, { timeout: 60_000 }, () => {
  it('register each of 150 users once', async () => {
    const fleet = await openFleet();
    const fared = await visit(fleet, { name: 'calm', users: 150, withinMs: 6_000, patienceMs: 20_000 });
    expectWell(fared);
    expect(fleet.instances.map(({ errors }) => errors)).toEqual([[], [], []]);
  });

  it('register each once and leave nobody waiting while they are killed and restarted', async () => {
    const fleet = await openFleet();
    const crowd = visit(fleet, { name: 'killed', users: 150, withinMs: 8_000, patienceMs: 28_000 });
    for (let kills = 0; kills < 6; kills++) {
      await wait(700);
      const instance = fleet.instances[kills % 3];
      await instance?.kill();
      await instance?.start();
    }
    expectWell(await crowd);
  });

  it('register each once when Redis is killed and restarted', async () => {
    const fleet = await openFleet();
    const crowd = visit(fleet, { name: 'restarted', users: 150, withinMs: 8_000, patienceMs: 28_000 });
    for (let kills = 0; kills < 2; kills++) {
      await wait(2_500);
      await fleet.redis.kill();
      await wait(1_000);
      await fleet.redis.start();
    }
    expectWell(await crowd);
  });

  it('register each once when Redis is unreachable for 10 s, and say so once each', async () => {
    const fleet = await openFleet();
    const crowd = visit(fleet, { name: 'unreachable', users: 100, withinMs: 12_000, patienceMs: 28_000 });
    await wait(1_500);
    fleet.redis.freeze();
    await wait(10_000);
    fleet.redis.thaw();
    expectWell(await crowd);
    for (const { errors } of fleet.instances)
      expect(errors.filter((code) => code === 'storeUnavailable')).toEqual(['storeUnavailable']);
  });

  it('let users in after 16 s without Redis, and tell each other when it is back', async () => {
    const fleet = await openFleet();
    const { redis, instances, simulator, ask } = fleet;
    const post = (userId: string) =>
      ask(
        new Request(`http://shop.test/api/kyc?subject=${userId}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-test-user': userId },
          body: '{}',
        }),
      );
    await Promise.all(instances.map((_, i) => post(`warm-${i}`)));
    await redis.kill();
    // Coinflow takes 30 s to redeem their tokens: a look can't tell that they are registered.
    const slow = Array.from({ length: 6 }, (_, i) => `slow-${i}`);
    for (const userId of slow) simulator.setScenario(userKeyOf(userId), 'slow');
    expect(await Promise.all(slow.map(async (userId) => (await post(userId)).status))).toEqual(slow.map(() => 503));
    await wait(8_500);
    expect(await Promise.all(slow.map(async (userId) => (await post(userId)).status))).toEqual(slow.map(() => 200));
    for (const { errors } of instances)
      expect(errors.filter((code) => code === 'storeUnavailable')).toEqual(['storeUnavailable']);
    await redis.start();
    await wait(3_000);
    for (let i = 0; i < instances.length; i++)
      expect(await Promise.all(slow.map(async (userId) => (await post(userId)).status))).toEqual(slow.map(() => 202));
    expect(slow.map((userId) => fleet.registrations(userId))).toEqual(slow.map(() => 1));
  });
});
