import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../../src/server';
import { topicOf } from '../../src/server/topics';
import { userKeyOf } from '../../src/server/users';
import { after, openKit } from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const absent = () => Response.json({ message: 'No withdrawer associated with wallet' }, { status: 401 });

/** 250 users whose GETs are held. Coinflow answers their first reads, and then takes `takesMs`. */
async function openCrowd(takesMs: number) {
  const store = createMemoryStore();
  const users = Array.from({ length: 250 }, (_, i) => `u${i}`);
  const read: string[] = [];
  let [out, mostOut, isSlow] = [0, 0, false];
  const { send, handle } = openKit(
    async (request) => {
      if (!isSlow) return absent();
      read.push(request.headers.get('x-coinflow-auth-user-id') ?? '');
      mostOut = Math.max(mostOut, ++out);
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      out--;
      return absent();
    },
    {
      store,
      timeoutMs: 10_000,
      authenticate: (request) => ({ userId: new URL(request.url).searchParams.get('subject') ?? '' }),
    },
  );
  const known = (await send('GET', { query: '?subject=u0' })).headers.get('etag') ?? '';
  isSlow = true;
  const headers = { prefer: 'wait=8', 'if-none-match': known };
  const held = users.map((userId) => send('GET', { query: `?subject=${userId}`, headers }));
  await after(0);
  return {
    users,
    read,
    held,
    mostOut: () => mostOut,
    stats: () => handle.stats(),
    wake: (userId: string) => store.publish(topicOf(userKeyOf({ userId }))),
  };
}

it('at most 200 reads for held requests are out at once, and the others follow when these have ended', async () => {
  const { users, read, held, mostOut } = await openCrowd(1_000);
  await after(2_100);
  expect([read.length, mostOut()]).toEqual([200, 200]);
  await after(5_900);
  expect(new Set(read)).toEqual(new Set(users));
  expect(mostOut()).toBeLessThanOrEqual(200);
  for (const response of await Promise.all(held)) expect(response.status).toBe(200);
});

it('a user who is woken is read for at once, however many reads are out', async () => {
  const { users, read, wake } = await openCrowd(5_000);
  await after(2_100);
  const left = users.filter((userId) => !read.includes(userId));
  expect(left).toHaveLength(50);
  await wake(left[0] ?? '');
  await after(50);
  expect(read.slice(200)).toEqual([left[0]]);
});
