import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Appearance } from '../../../src';
import { loadForm } from '../../../src/react/form/useForm';
import '../../../src/styles.css';
import { sampleStates } from '../../../src/testing';
import { failedStates } from '../../../stories/failedStates';
import { furtherScreens } from '../../../stories/furtherScreens';
import { HeldGate, type HeldGateProps } from '../../../stories/HeldGate';
import { locales } from '../../locales/locales';
import { contrastsOf, ringOf } from './contrastsOf';
import { cutOffIn } from './cutOffIn';

/** How a held gate is looked at. */
export interface Look {
  readonly theme?: NonNullable<Appearance['baseTheme']>;
  /** Tag of a locale. */
  readonly locale?: string;
  readonly variables?: Appearance['variables'];
}

const states = { ...sampleStates, ...failedStates };

/** Every screen of the gate by its name, with all that a merchant can switch on. `ready` has none: it is the merchant's own content by then. */
const screens: Readonly<Record<string, HeldGateProps>> = {
  ...Object.fromEntries(
    Object.entries(states).flatMap(([name, state]) =>
      name === 'ready' || name === 'failed' || name === 'fallback' ? [] : [[name, { state }]],
    ),
  ),
  ...furtherScreens,
  needsInput: {
    state: {
      ...sampleStates.needsInput,
      links: [...sampleStates.needsInput.links, { name: 'Proof of address', link: 'https://coinflow.cash/b' }],
    },
  },
  rateLimited: {
    state: { ...sampleStates.failed, failure: { code: 'rateLimited', message: '', retryAt: Date.now() + 3_600_000 } },
  },
  delayed: { state: { ...sampleStates.delayed, since: Date.now() - 3_600_000 } },
};

const element = document.getElementById('root');
if (!element) throw new Error('held.html has no #root.');
const root = createRoot(element);

const held = {
  screens: Object.keys(screens),
  /** Shows a screen, and comes back when React has committed. */
  async show(name: string, { theme = 'light', locale = 'en', variables = {} }: Look = {}) {
    const props = screens[name];
    const messages = locales[locale];
    if (!props || !messages) throw new Error(`There is no ${name} in ${locale}.`);
    // Only then is each screen shown at once, also one that comes with Coinflow's component.
    await loadForm();
    flushSync(() =>
      root.render(
        <HeldGate
          support="help@shop.test"
          onCancel={() => {}}
          {...props}
          messages={messages}
          appearance={{ baseTheme: theme, variables }}
        />,
      ),
    );
  },
  contrastsOf,
  cutOffIn,
  ringOf,
};

declare global {
  interface Window {
    held: typeof held;
  }
}
window.held = held;
