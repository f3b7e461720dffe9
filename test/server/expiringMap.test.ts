import { afterEach, expect, it, vi } from 'vitest';
import { createExpiringMap } from '../../src/server/expiringMap';

afterEach(() => void vi.useRealTimers());

it('remembers the last 50,000 entries, and no more: memory has an end', () => {
  const map = createExpiringMap<number>();
  for (let i = 0; i <= 50_000; i++) map.set(`${i}`, i, 60_000);
  expect([map.get('0'), map.get('1'), map.get('50000')]).toEqual([undefined, 1, 50_000]);
});

it('forgets each entry in its time, and one that is set again lasts anew', () => {
  vi.useFakeTimers();
  const map = createExpiringMap<string>();
  map.set('a', 'a', 1_000);
  map.set('b', 'b', 1_000);
  vi.advanceTimersByTime(999);
  map.set('b', 'b2', 1_000);
  expect([map.get('a'), map.get('b')]).toEqual(['a', 'b2']);
  vi.advanceTimersByTime(1);
  expect([map.get('a'), map.get('b')]).toEqual([undefined, 'b2']);
  vi.advanceTimersByTime(999);
  expect(map.get('b')).toBeUndefined();
});
