import { useEffect, useReducer } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type GateState, KycReuseGate } from '../../../src';
import '../../../src/styles.css';

/** What happened on the page so far. */
interface Counts {
  /** Renders of the merchant's own components. */
  merchant: number;
  /** Renders of the gate, each with the state it showed. */
  readonly gate: string[];
  /** `src` of the form's frame, each time it was set. */
  readonly sources: string[];
  /** Layout shifts since the gate's first frame. */
  shift: number;
}

declare global {
  interface Window {
    counts: Counts & {
      /** Renders a shop with the gate in it. Not in StrictMode, which renders twice. */
      show(subject: string): Promise<void>;
      /** Renders the shop as many times more, with fresh objects and functions in every prop. */
      renderAgain(times: number): Promise<void>;
    };
  }
}

const element = document.getElementById('root');
if (!element) throw new Error('counts.html has no #root.');
const root = createRoot(element);
let renderShop: () => void = () => {};

const counts: Window['counts'] = {
  merchant: 0,
  gate: [],
  sources: [],
  shift: 0,
  async show(subject) {
    flushSync(() => root.render(<Shop subject={subject} />));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) counts.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift' });
  },
  async renderAgain(times) {
    for (let i = 0; i < times; i++) {
      flushSync(renderShop);
      // Effects and observers have their turn between the renders.
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  },
};
window.counts = counts;

/** Nothing of what it passes down is memoised. */
function Shop({ subject }: { readonly subject: string }) {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    renderShop = renderAgain;
  }, []);
  return (
    <main>
      <Balance />
      <KycReuseGate
        endpoint="/api/kyc"
        subject={subject}
        withdraw={{ merchantId: 'acme', env: 'local', amount: 25, onSuccess: () => {} }}
        appearance={{ variables: { accent: '#115e4c' }, elements: { root: lookOfRoot } }}
        messages={{ actions: { cancel: 'Later' } }}
        onStateChange={() => {}}
        onReady={() => {}}
        onOpen={() => {}}
        onCancel={() => {}}
      />
      <Footer />
    </main>
  );
}

/** The gate asks for it once in each of its renders. */
function lookOfRoot({ status }: GateState): string {
  counts.gate.push(status);
  return 'payout';
}

const countRender = () => void counts.merchant++;

function Balance() {
  countRender();
  return <h1>Your balance: $25.00</h1>;
}

function Footer() {
  countRender();
  return <footer>Payouts by Coinflow</footer>;
}

new MutationObserver((records) => {
  for (const { target, addedNodes } of records) {
    // An attribute was set, or nodes came that may hold the frame.
    for (const node of target instanceof HTMLIFrameElement ? [target] : addedNodes) {
      const frame =
        node instanceof HTMLIFrameElement ? node : node instanceof Element ? node.querySelector('iframe') : null;
      if (frame) counts.sources.push(frame.src);
    }
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] });
