import '@fontsource/inter/400.css';
import '@fontsource/inter/600.css';
import '@fontsource/inter/700.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { KycReuseGateProps } from '../../../src';
import { loadForm } from '../../../src/react/form/useForm';
import '../../../src/styles.css';
import { sampleStates } from '../../../src/testing';
import { failedStates } from '../../../stories/failedStates';
import { furtherScreens } from '../../../stories/furtherScreens';
import { HeldGate, type HeldGateProps } from '../../../stories/HeldGate';
import './page.css';

declare global {
  interface Window {
    /**
     * Shows every state of the gate at once, each in a figure of its name, in a font that comes with the page.
     *
     * @param withFailures every failure as well, not only those that have something no state has
     */
    showAll(look: Pick<KycReuseGateProps, 'appearance' | 'messages'>, withFailures: boolean): void;
  }
}

const states: Readonly<Record<string, HeldGateProps>> = {
  ...Object.fromEntries(Object.entries(sampleStates).map(([status, state]) => [status, { state }])),
  ...furtherScreens,
  rateLimited: { state: failedStates.rateLimited },
  withdrawUnavailable: { state: failedStates.withdrawUnavailable },
};
const failures: typeof states = Object.fromEntries(
  Object.entries(failedStates).map(([code, state]) => [code, { state }]),
);

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root.');
const root = createRoot(element);

const showAll: typeof window.showAll = ({ appearance, messages }, withFailures) =>
  flushSync(() =>
    root.render(
      Object.entries({ ...states, ...(withFailures && failures) }).map(([name, props]) => (
        <figure key={name} data-screen={name}>
          <HeldGate
            support="help@your-shop.example"
            onCancel={() => {}}
            {...props}
            {...(messages && { messages })}
            appearance={{ ...appearance, variables: { font: 'Inter', ...appearance?.variables } }}
          />
        </figure>
      )),
    ),
  );

// Only then is each screen shown at once, also one that comes with Coinflow's component.
void loadForm().then(() => (window.showAll = showAll));
