import { CoinflowWithdraw } from '@coinflowlabs/react';
import { createRoot } from 'react-dom/client';
import { inertWallet } from '../inertWallet';
import { markMount, merchantId } from '../visitor';

/** As early as a page can be: everything was asked for by the document itself, and nothing stands between the answers and the form. */
const element = document.getElementById('root');
if (element && window.early) {
  const root = createRoot(element);
  markMount();
  const { record, sessionKey } = window.early;
  void Promise.all([sessionKey, record]).then(([key]) =>
    root.render(<CoinflowWithdraw merchantId={merchantId} env="local" sessionKey={key} {...inertWallet} />),
  );
}
