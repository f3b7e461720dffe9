import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Endpoint } from '../../src/client/createEndpoint';
import { watchedEndpoint } from '../../src/client/watchedEndpoint';
import type { Watch } from '../../src/client/watchOf';
import { GateError } from '../../src/contract/GateError';
import { failure, record } from '../gate/snapshots';

const watch = (): Watch => ({ readSeq: 0, reads: 0, readTimes: [], held: {}, gates: 0 });
const endpoint = (over: Partial<Endpoint>): Endpoint => ({
  read: () => Promise.resolve(null),
  register: () => Promise.reject(new Error('not asked')),
  sessionKey: () => Promise.resolve('key'),
  ...over,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('keeps a block that one read saw, through answers that leave the field out', async () => {
  const answers = [record({ availability: 'Blocked' }), record()];
  const watched = watchedEndpoint(endpoint({ read: () => Promise.resolve(answers.shift() ?? null) }), watch());
  await watched.read();
  expect(await watched.read()).toMatchObject({ availability: 'Blocked' });
});

it.each(['read', 'sessionKey'] as const)(
  'asks for no %s before its Retry-After has passed, whichever gate met it and whatever failed since',
  async (kind) => {
    const shared = watch();
    const failures = [failure('rateLimited', { retryAt: Date.now() + 30_000 }), failure('server')];
    const ask = vi.fn(() => {
      const next = failures.shift();
      return next ? Promise.reject(new GateError(next)) : Promise.resolve(null as never);
    });
    const gates = [1, 2].map(() => watchedEndpoint(endpoint({ [kind]: ask }), shared));
    const answers = gates.map((gate) => gate[kind](new AbortController().signal));
    await expect(answers[0]).rejects.toThrow('rateLimited');
    await expect(answers[1]).rejects.toThrow('server');
    await vi.advanceTimersByTimeAsync(29_000);
    await expect(gates[1]?.[kind](new AbortController().signal)).rejects.toThrow('rateLimited');
    expect(ask).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_000);
    await gates[1]?.[kind](new AbortController().signal);
    expect(ask).toHaveBeenCalledTimes(3);
  },
);

it('asks for a record at most 9 times in 10 s, however many gates and clicks there are, and says when it goes on', async () => {
  const ask = vi.fn(() => Promise.resolve(null));
  const shared = watch();
  const gates = [1, 2, 3].map(() => watchedEndpoint(endpoint({ read: ask }), shared));
  const now = Date.now();
  for (let i = 0; i < 9; i++) await gates[i % 3]?.read();
  await expect(gates[0]?.read()).rejects.toMatchObject({ failure: { code: 'rateLimited', retryAt: now + 10_000 } });
  expect(ask).toHaveBeenCalledTimes(9);
  await vi.advanceTimersByTimeAsync(10_000);
  await gates[1]?.read();
  expect(ask).toHaveBeenCalledTimes(10);
});
