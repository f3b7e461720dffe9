import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore, type KycStore } from '../../src/server';
import { after, json, withdrawer } from './openKit';
import { openFleet } from './openFleet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store that answers as `fail` says until that is taken away. */
function openStore(fail: (() => Promise<never>) | undefined) {
  const inner = createMemoryStore();
  const outage = { fail, calls: 0 };
  const store = new Proxy(inner, {
    get: (target, name: keyof KycStore) => {
      if (!outage.fail) return target[name];
      return () => {
        outage.calls++;
        return outage.fail?.();
      };
    },
  });
  return { inner, store, outage };
}

const failures: [string, () => Promise<never>][] = [
  [
    'throws',
    () => {
      throw new Error('SECRET redis://user:password@host');
    },
  ],
  ['rejects', () => Promise.reject(new Error('down'))],
  ['hangs', () => new Promise(() => {})],
];

describe('a store that', () => {
  it.each(failures)('%s is survived: one registration a user, as this process knows', async (_, fail) => {
    const { store } = openStore(fail);
    const { kit, minted, registered } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    const answers = [kit().post(), kit().post()];
    await after(3_000);
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 202]);
    const later = kit().post();
    await after(1_000);
    expect((await later).status).toBe(202);
    expect([minted.length, registered.length]).toEqual([1, 1]);
  });

  it.each(failures)('%s is reported once an outage, and is asked once a second', async (_, fail) => {
    const { store, outage } = openStore(fail);
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    for (let i = 0; i < 4; i++) {
      void kit().get();
      await after(1_000);
    }
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable']);
    // At first, all that are on their way; then one a second, and the subscription.
    const before = outage.calls;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 10; j++) void kit().get();
      await after(1_000);
    }
    expect(outage.calls - before).toBeLessThanOrEqual(10);
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable']);
  });

  it('is back is used again, and its next outage is reported', async () => {
    const { inner, store, outage } = openStore(() => Promise.reject(new Error('down')));
    const { kit } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    await kit().get();
    outage.fail = undefined;
    await after(1_100);
    const claim = vi.spyOn(inner, 'claim');
    await kit().get();
    expect((await kit().post()).status).toBe(200);
    expect(claim).toHaveBeenCalled();
    expect(kit().errors).toHaveLength(1);
    outage.fail = () => Promise.reject(new Error('down again'));
    await kit().get();
    expect(kit().errors.map(({ code }) => code)).toEqual(['storeUnavailable', 'storeUnavailable']);
  });

  it('fails after it was asked: this process still knows what it registered before', async () => {
    const { store, outage } = openStore(undefined);
    const { kit, registered } = openFleet({ register: json(200, { withdrawer }) }, { store, count: 1 });
    expect((await kit().post()).status).toBe(200);
    outage.fail = () => Promise.reject(new Error('down'));
    expect((await kit().post()).status).toBe(202);
    expect(registered).toHaveLength(1);
  });
});
