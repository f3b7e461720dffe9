import { afterEach, beforeEach, vi } from 'vitest';
import { createGate } from '../../src/client/gate';
import type { GateOptions } from '../../src/client/options';
import type { GateState } from '../../src/gate/GateState';
import { createMerchant } from '../merchant';

/** A merchant's backend on the kit, over the simulator. */
export const merchant = createMerchant();

/** Gives each test of the file a clock of its own, which only `pass` moves. */
export function withVirtualTime(): void {
  beforeEach(() => {
    // Streams need real turns of the event loop.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
    // No jitter: virtual seconds are compared below.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    merchant.simulator.clearFaults();
    vi.useRealTimers();
  });
}

/** Lets virtual time pass, in steps short enough for every answer to arrive on its way. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left >= 0; left -= 200) {
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (left > 0) await vi.advanceTimersByTimeAsync(Math.min(200, left));
  }
}

/** A gate of a user, signed in as that user, over the kit and the simulator. */
export function openGate(subject: string, options: Partial<GateOptions> = {}) {
  const states: GateState['status'][] = [];
  const session = createGate({
    endpoint: 'https://shop.test/api/kyc',
    subject,
    request: { headers: { 'x-test-user': subject }, fetch: merchant.handle },
    ...options,
  });
  const note = () => {
    const { status } = session.getState();
    if (states.at(-1) !== status) states.push(status);
  };
  note();
  const close = session.subscribe(note);
  return { session, states, close };
}
