import { CoinflowWithdraw } from '@coinflowlabs/react';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { fetchSessionKey, shareVerification } from '../byHand';
import { inertWallet } from '../inertWallet';
import { markMount, merchantId } from '../visitor';

/** Coinflow's guide, written down: share first, render `CoinflowWithdraw` after. The session key is fetched beside it. */
function Payout() {
  const [sessionKey, setSessionKey] = useState<string>();
  useEffect(() => {
    void Promise.all([fetchSessionKey(), shareVerification()]).then(([key]) => setSessionKey(key));
  }, []);
  if (sessionKey === undefined) return <p>One moment …</p>;
  return <CoinflowWithdraw merchantId={merchantId} env="local" sessionKey={sessionKey} {...inertWallet} />;
}

const root = document.getElementById('root');
if (root) {
  markMount();
  createRoot(root).render(<Payout />);
}
