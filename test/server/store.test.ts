import { afterEach, expect, it, vi } from 'vitest';
import { json, openKit, user, withdrawer } from './openKit';

afterEach(() => void vi.useRealTimers());

it('remembers the last 5,000 users’ spent tokens, and no more: memory has an end', async () => {
  vi.useFakeTimers();
  const { asked, send } = openKit(json(200, { withdrawer }), {
    browserTokens: { verify: () => true },
    authenticate: ({ url }) => ({ userId: new URL(url).searchParams.get('subject') ?? '', email: user.email }),
  });
  const body = JSON.stringify({ vendor: 'persona', shareToken: 'a' });
  const headers = { 'content-type': 'application/json' };
  const post = (id: number) => send('POST', { query: `?subject=u${id}`, body, headers });
  for (let id = 0; id <= 5_000; id++) await post(id);
  vi.advanceTimersByTime(60_000);
  expect([(await post(1)).status, (await post(0)).status]).toEqual([400, 200]);
  expect(asked).toHaveLength(5_002);
});
