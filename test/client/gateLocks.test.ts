// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { roomOf } from '../../src/client/subject';
import { createFakeBackend } from '../../src/testing';
import { installLocks, lendLocks, silentLocks } from './fakeLocks';
import { manualBackend } from './manualBackend';
import { openGate, pass, withVirtualTime } from './openGate';
import { pageIs } from './pageOfAge';

withVirtualTime();

describe('a gate and the browser’s locks', () => {
  it('sends one POST where every request for a lock throws, and asks for none over and over', async () => {
    pageIs(500);
    let asked = 0;
    lendLocks({
      request: () => {
        // Endless, a storm would hang this test instead of failing it.
        if (++asked > 50) return new Promise(() => {});
        throw new DOMException('Refused', 'SecurityError');
      },
    });
    const backend = createFakeBackend();
    const { states, close } = openGate('u1', { ...backend, initialRecord: { subject: 'u1', record: null } });
    await pass(3_000);
    expect(backend.requests).toEqual(['POST', 'GET']);
    expect(states.at(-1)).toBe('ready');
    expect(asked).toBeLessThan(5);
    close();
  });

  it('reads and registers within about three seconds where the lock manager never answers', async () => {
    silentLocks();
    const { options, methods, at } = manualBackend();
    const { close } = openGate('u1', options);
    await pass(3_200);
    expect(methods()).toEqual(['GET']);
    at(0).tell(null);
    await pass(200);
    expect(methods()).toEqual(['GET', 'POST']);
    close();
  });

  it('leaves nothing to wait for the next gate where it left while another tab had the lock', async () => {
    const locks = installLocks();
    const { options, methods, at, target } = manualBackend();
    const letGo = locks.takeElsewhere(`kyc-reuse-gate ${roomOf(target).name}`);
    const first = openGate('u1', options);
    await pass(0);
    at(0).tell(null);
    await pass(1_000);
    expect(first.session.getState().status).toBe('registering');
    first.close();
    await pass(0);
    expect(roomOf(target).registration).toBeUndefined();
    letGo();
    await pass(0);
    const { close } = openGate('u1', options);
    await pass(0);
    at(1).tell(null);
    await pass(0);
    expect(methods()).toEqual(['GET', 'GET', 'POST']);
    close();
  });
});
