import { describe, expect, it, vi } from 'vitest';
import type { KycStore } from '../../../src/server/store';

/** What every store must do. @param open gives what two instances of a backend hold of one store, closed with the test */
export function describeStore(name: string, open: () => Promise<readonly [KycStore, KycStore]>): void {
  describe(`a store in ${name}`, () => {
    let keys = 0;
    const newKey = () => `k${++keys}`;
    const minute = 60_000;

    it('gives every instance the value that was set last, whatever its text', async () => {
      const [one, other] = await open();
      const key = newKey();
      expect(await one.get(key)).toBeUndefined();
      for (const value of ['a', '', 'ʬ "quoted"\r\n\0', 'x'.repeat(10_000)]) {
        await one.set(key, value, minute);
        expect(await other.get(key)).toBe(value);
      }
    });

    it('forgets a value when its time is up, also if it was claimed, and a fraction of a millisecond is a time', async () => {
      const [one, other] = await open();
      const [set, claimed] = [newKey(), newKey()];
      await one.set(set, 'a', 30.5);
      expect(await one.claim(claimed, 'a', 0.5)).toBe(true);
      await vi.waitFor(async () =>
        expect([await other.get(set), await other.get(claimed)]).toEqual([undefined, undefined]),
      );
      expect(await other.claim(claimed, 'b', minute)).toBe(true);
    });

    it('counts the time from the last time a value was set', async () => {
      const [one, other] = await open();
      const [short, long] = [newKey(), newKey()];
      await one.set(short, 'a', minute);
      await one.set(short, 'b', 30);
      await one.set(long, 'a', 30);
      await one.set(long, 'b', minute);
      await vi.waitFor(async () => expect(await other.get(short)).toBeUndefined());
      expect(await other.get(long)).toBe('b');
    });

    it('gives a key to one of a hundred that claim it at once, and to none if it has a value', async () => {
      const [one, other] = await open();
      const key = newKey();
      const claims = await Promise.all(
        Array.from({ length: 100 }, (_, i) => (i % 2 ? one : other).claim(key, `v${i}`, minute)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await one.get(key)).toBe(`v${claims.indexOf(true)}`);
      const set = newKey();
      await one.set(set, 'a', minute);
      expect(await other.claim(set, 'b', minute)).toBe(false);
      expect(await one.get(set)).toBe('a');
    });

    it('releases a key for whoever holds it, and for nobody else', async () => {
      const [one, other] = await open();
      const key = newKey();
      await one.claim(key, 'mine', minute);
      await other.release(key, 'yours');
      await other.release(newKey(), 'nobody’s');
      expect(await one.get(key)).toBe('mine');
      await one.release(key, 'mine');
      expect(await other.claim(key, 'yours', minute)).toBe(true);
      await one.release(key, 'mine');
      expect(await one.get(key)).toBe('yours');
    });

    it('prolongs a key for whoever holds it, and for nobody else', async () => {
      const [one, other] = await open();
      const key = newKey();
      expect(await one.renew(key, 'mine', minute)).toBe(false);
      expect(await other.get(key)).toBeUndefined();
      await one.claim(key, 'mine', 200);
      expect(await other.renew(key, 'yours', minute)).toBe(false);
      expect(await one.renew(key, 'mine', 400)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(await other.get(key)).toBe('mine');
      await vi.waitFor(async () => expect(await other.get(key)).toBeUndefined());
      expect(await one.renew(key, 'mine', minute)).toBe(false);
    });

    it('counts every addition once, and a later one doesn’t prolong the window', async () => {
      const [one, other] = await open();
      const key = newKey();
      const first = await one.increment(key, 400);
      expect(first.count).toBe(1);
      expect(first.leftMs).toBeGreaterThan(0);
      expect(first.leftMs).toBeLessThanOrEqual(400);
      const counts = await Promise.all(
        Array.from({ length: 99 }, (_, i) => (i % 2 ? one : other).increment(key, minute)),
      );
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 99 }, (_, i) => i + 2),
      );
      for (const { leftMs } of counts) expect(leftMs).toBeLessThanOrEqual(400);
      await vi.waitFor(async () => expect((await other.increment(key, 400)).count).toBe(1), { timeout: 2_000 });
    });

    it('tells every subscriber of every instance of a topic, its own too, until it unsubscribes', async () => {
      const [one, other] = await open();
      const told: string[] = [];
      const listen = (who: string) => (topic: string) => void told.push(`${who} ${topic}`);
      const endFirst = await one.subscribe(listen('first'));
      await one.subscribe(listen('second'));
      await other.subscribe(listen('third'));
      await one.publish('t1');
      await vi.waitFor(() => expect([...told].sort()).toEqual(['first t1', 'second t1', 'third t1']));
      await endFirst();
      await other.publish('t2');
      await vi.waitFor(() => expect(told.slice(3).sort()).toEqual(['second t2', 'third t2']));
    });

    it('delivers again to an instance whose last subscriber had left', async () => {
      const [one, other] = await open();
      const told: string[] = [];
      const end = await one.subscribe((topic) => void told.push(`first ${topic}`));
      await end();
      await one.subscribe((topic) => void told.push(`again ${topic}`));
      await other.publish('t');
      await vi.waitFor(() => expect(told).toEqual(['again t']));
    });
  });
}
