import { KycReuseGate, prefetchKycReuse } from 'virtual:bench-gate';
import { createRoot } from 'react-dom/client';
import 'kyc-reuse-gate/styles.css';
import { markMount, merchantId, userId } from '../visitor';

const withdraw = { merchantId, env: 'local' } as const;

/** How long before the gate a page that knows where its user is heading prefetches, in ms. */
const aheadMs = 1_000;

const element = document.getElementById('root');
if (element) {
  const root = createRoot(element);
  const showGate = () => {
    markMount();
    root.render(
      <KycReuseGate
        endpoint={__ENDPOINT__}
        subject={userId}
        withdraw={withdraw}
        {...(__IS_RECORD_GIVEN__ && { initialRecord: window.initialRecord ?? null })}
      />,
    );
  };
  if (__IS_PREFETCHED__) {
    prefetchKycReuse?.({ endpoint: __ENDPOINT__, subject: userId, withdraw });
    root.render(<p>Your balance</p>);
    setTimeout(showGate, aheadMs);
  } else showGate();
}
