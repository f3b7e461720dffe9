// @vitest-environment jsdom
import { render } from '@testing-library/react';
import fc from 'fast-check';
import { StrictMode } from 'react';
import { beforeAll, expect, it, vi } from 'vitest';
import { KycReuseGate, type KycReuseGateProps } from '../../src/index';
import { loadForm } from '../../src/react/form/useForm';
import type { GateOptions } from '../../src/client/options';
import type { GateState } from '../../src/gate/GateState';
import { breachesOf } from './invariants';
import { type Button, type CreateOpenGate, playSchedule } from './playSchedule';
import { schedule } from './Schedule';

// It loads once per page.
beforeAll(async () => {
  // React renders by itself here, as on a page.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  await loadForm();
});

const labels: Record<Button, RegExp> = {
  retry: /again/,
  recheck: /^Check again/,
  consent: /^Agree/,
  fallback: /instead$/,
};

/** Gates as a user has them: everything is seen in the DOM, and done by its buttons. */
const renderedGates =
  (content: 'children' | 'withdraw'): CreateOpenGate =>
  (page) =>
  (_, firstGate, initialOptions, strict) => {
    let gate = firstGate;
    let options = initialOptions;
    let merchantId = 'acme';
    let state: GateState = { status: 'checking' };
    const element = (given: GateOptions) => {
      const props = {
        ...given,
        onStateChange: (next: GateState) => (state = next),
        ...(content === 'withdraw'
          ? { withdraw: { merchantId, env: 'local' } }
          : { children: () => <p data-payout>Payout</p> }),
      } as KycReuseGateProps;
      // `children` open as whom they like; to the gate another one of them is another gate.
      const gateElement = <KycReuseGate key={content === 'children' ? merchantId : ''} {...props} />;
      return strict ? <StrictMode>{gateElement}</StrictMode> : gateElement;
    };
    const view = render(element(options));
    const isOpen = () => view.container.querySelector('iframe, [data-payout]') !== null;
    const look = () => {
      const text = view.container.innerHTML.replace(/(<iframe[^>]*?) src="[^"]*"/g, '$1');
      const status = view.container.querySelector('[data-kyc-gate]')?.getAttribute('data-kyc-gate');
      // The handler is told after the commit; what is in the page counts.
      if (status === state.status) page.note({ is: 'shown', gate, state, form: isOpen(), text });
      else if (isOpen()) page.note({ is: 'shown', gate, state: { ...state, status } as GateState, form: true, text });
    };
    const observer = new MutationObserver(look);
    observer.observe(view.container, { subtree: true, childList: true, attributes: true });
    look();
    return {
      state: () => state,
      isOpen,
      update(next) {
        options = next;
        view.rerender(element(options));
      },
      become(next, nextOptions, change) {
        gate = next;
        options = nextOptions;
        if (change === 'identity') merchantId += '-2';
        view.rerender(element(options));
        look();
      },
      click(button) {
        [...view.container.querySelectorAll('button')]
          .find(({ textContent }) => labels[button].test(textContent))
          ?.click();
      },
      leave() {
        observer.disconnect();
        view.unmount();
      },
    };
  };

it.each(['children', 'withdraw'] as const)(
  'keeps every invariant through 250 generated schedules of the gate with `%s`',
  { timeout: 600_000 },
  async (content) => {
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(schedule, async (given) => {
        const trace = await playSchedule(given, renderedGates(content));
        expect(breachesOf(trace)).toEqual([]);
        if (trace.some((event) => event.is === 'shown' && event.form)) opened++;
      }),
      { numRuns: 250, seed: 6, endOnFailure: process.env.PLANTED !== undefined },
    );
    expect(opened).toBeGreaterThan(100);
  },
);
