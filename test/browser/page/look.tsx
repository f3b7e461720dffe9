import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { failedStates } from '../../../stories/failedStates';
import { furtherScreens } from '../../../stories/furtherScreens';
import { HeldGate, type HeldGateProps } from '../../../stories/HeldGate';
import { KycReuseGate, type KycReuseGateProps } from '../../../src';
import { loadForm } from '../../../src/react/form/useForm';
import '../../../src/styles.css';
import { sampleStates } from '../../../src/testing';

/** Everything that the gate can show. `form`: Coinflow's own form, of a user known by id. */
const screens = {
  ...Object.fromEntries(Object.entries(sampleStates).map(([status, state]) => [status, { state }])),
  ...furtherScreens,
  ...Object.fromEntries(Object.entries(failedStates).map(([code, state]) => [code, { state }])),
  form: { state: sampleStates.ready, withdraw: { merchantId: 'acme', env: 'local', sessionKey: 'session-key' } },
} as Record<string, HeldGateProps>;

declare global {
  interface Window {
    look: {
      readonly screens: readonly string[];
      /** Renders the real gate, held in one state, with everything a merchant can switch on. */
      show(screen: string, props?: Partial<HeldGateProps>): void;
      /** Takes over a server's markup. */
      hydrate(props: KycReuseGateProps): void;
    };
  }
}

let root: Root | undefined;

const look: Window['look'] = {
  screens: Object.keys(screens),
  show(screen, props) {
    const held = screens[screen];
    if (!held) throw new Error(`There is no screen "${screen}".`);
    root ??= createRoot(element());
    const { withdraw = held.withdraw } = { ...props };
    // Another gate each time: nothing of the last one stays.
    flushSync(() => root?.render(null));
    flushSync(() =>
      root?.render(
        <HeldGate
          support="help@your-shop.example"
          onCancel={() => {}}
          {...held}
          {...props}
          {...(withdraw && { withdraw })}
        />,
      ),
    );
  },
  hydrate: (props) => flushSync(() => void (root = hydrateRoot(element(), <KycReuseGate {...props} />))),
};

// Only then is each screen shown at once, also one that comes with Coinflow's component.
void loadForm().then(() => (window.look = look));

function element(): HTMLElement {
  const found = document.getElementById('root');
  if (!found) throw new Error('look.html has no #root.');
  return found;
}
