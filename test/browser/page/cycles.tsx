import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type GateStatus, KycReuseGate } from '../../../src';
import { createFakeBackend, type FakeScript } from '../../../src/testing';
import '../../../src/styles.css';

declare global {
  interface Window {
    /** Begun by this page and not ended. */
    live: { readonly timers: ReadonlySet<number>; readonly requests: number };
    cycles: {
      /** Mounts a gate and unmounts it as many times, each time at another point of its way. @param leak leaves one of everything behind each time */
      run(times: number, leak?: boolean): Promise<void>;
      /** How many gates were taken away in each state. */
      readonly leftIn: Partial<Record<string, number>>;
    };
  }
}

/** Where a gate is taken away: at once, in a state, or with its form in the page. */
const points: readonly {
  readonly at: GateStatus | 'once' | 'form';
  readonly script?: FakeScript;
  readonly hangs?: boolean;
}[] = [
  { at: 'once' },
  { at: 'checking', hangs: true },
  { at: 'registering', script: { delayMs: 10 } },
  { at: 'processing', script: { reads: ['absent'] } },
  { at: 'failed', script: { reads: [{ httpStatus: 500 }, { httpStatus: 403 }] } },
  { at: 'ready', script: { reads: [{}] } },
  { at: 'form', script: { reads: [{}] } },
  { at: 'form', script: { reads: ['absent', {}] } },
];

const element = document.getElementById('root');
if (!element) throw new Error('cycles.html has no #root.');
const root = createRoot(element);
const leftIn: Partial<Record<string, number>> = {};
const kept: unknown[] = [];

window.cycles = {
  leftIn,
  async run(times, leak = false) {
    for (let i = 0; i < times; i++) {
      const point = i % points.length;
      const { at, script, hangs } = points[point] ?? { at: 'once' };
      const fake = createFakeBackend(script);
      // A page remembers each subject's registration, so the gate that is to register needs a new address.
      const fakeAddress = at === 'registering' ? fake.endpoint : `https://fake-backend.test/point-${point}`;
      const backend = hangs ? { endpoint: '/bad/never' } : { endpoint: fakeAddress, request: fake.request };
      await new Promise<void>((resolve) => {
        const onStateChange = ({ status }: { status: GateStatus }) => void (status === at && resolve());
        const gate = (
          <KycReuseGate
            {...backend}
            subject="u1"
            withdraw={{ merchantId: 'acme', env: 'local' }}
            onStateChange={onStateChange}
          />
        );
        flushSync(() => root.render(<StrictMode>{gate}</StrictMode>));
        if (at === 'once') resolve();
        if (at !== 'form') return;
        const seen = new MutationObserver(() => {
          if (!document.querySelector('iframe')) return;
          seen.disconnect();
          resolve();
        });
        seen.observe(document.body, { subtree: true, childList: true });
      });
      leftIn[at] = (leftIn[at] ?? 0) + 1;
      flushSync(() => root.render(null));
      if (leak) leaveBehind(i);
      // What a browser lets go of, it lets go of between tasks.
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  },
};

function leaveBehind(i: number): void {
  kept.push(document.createElement('p'), new Array<number>(500).fill(i));
  addEventListener('focus', () => kept.push(i));
  setInterval(() => kept.push(i), 1_000_000);
  void navigator.locks.request(`left behind ${i}`, () => new Promise(() => {}));
  void fetch('/bad/never');
}
