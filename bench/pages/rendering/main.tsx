import { KycReuseGate } from 'virtual:bench-gate';
import type { GateState } from 'kyc-reuse-gate';
import { Profiler, useEffect, useReducer } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import 'kyc-reuse-gate/styles.css';
import { merchantId, userId } from '../visitor';
import type { Counted } from './Counted';

const counted: Counted = { merchant: 0, commits: [], renders: [], states: [], sources: [], shift: 0 };
window.counted = counted;

/** A merchant's page: something above the gate, something below, and nothing of what it passes down is memoised. */
function Shop() {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    // At once: React would make one render of several that are asked for shortly after each other.
    window.renderAgain = () => flushSync(renderAgain);
  }, []);
  return (
    <main>
      <Balance />
      <Profiler id="gate" onRender={() => counted.commits.push(counted.states.at(-1) ?? 'first')}>
        <KycReuseGate
          endpoint={__ENDPOINT__}
          subject={userId}
          withdraw={{ merchantId, env: 'local', amount: 25, onSuccess: () => {} }}
          appearance={{ variables: { accent: '#115e4c' }, elements: { root: lookOfRoot } }}
          messages={{ actions: { cancel: 'Later' } }}
          onStateChange={({ status }) => void counted.states.push(status)}
          onReady={() => {}}
          onCancel={() => {}}
        />
      </Profiler>
      <Footer />
    </main>
  );
}

function lookOfRoot({ status }: GateState) {
  counted.renders.push(status);
  return 'payout';
}

const countRender = () => void counted.merchant++;

function Balance() {
  countRender();
  return <h1>Your balance: $25.00</h1>;
}

function Footer() {
  countRender();
  return <footer>Payouts by Coinflow</footer>;
}

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if ('value' in entry) counted.shift += Number(entry.value);
}).observe({ type: 'layout-shift', buffered: true });

new MutationObserver((records) => {
  for (const { target, addedNodes } of records) {
    for (const node of target instanceof HTMLIFrameElement ? [target] : addedNodes) {
      const frame =
        node instanceof Element ? (node instanceof HTMLIFrameElement ? node : node.querySelector('iframe')) : null;
      if (frame) counted.sources.push(frame.getAttribute('src'));
    }
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] });

const root = document.getElementById('root');
if (root) createRoot(root).render(<Shop />);
