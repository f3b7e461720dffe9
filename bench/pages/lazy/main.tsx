import { lazy, Suspense, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { fetchSessionKey, shareVerification } from '../byHand';
import { inertWallet } from '../inertWallet';
import { markMount, merchantId } from '../visitor';

const Form = lazy(() => import('./Form'));

/** The guide's way with Coinflow's code split off: it begins to load when it is first rendered, once the record is known. */
function Payout() {
  const [sessionKey, setSessionKey] = useState<string>();
  useEffect(() => {
    void Promise.all([fetchSessionKey(), shareVerification()]).then(([key]) => setSessionKey(key));
  }, []);
  if (sessionKey === undefined) return <p>One moment …</p>;
  return (
    <Suspense fallback={<p>One moment …</p>}>
      <Form merchantId={merchantId} env="local" sessionKey={sessionKey} {...inertWallet} />
    </Suspense>
  );
}

const root = document.getElementById('root');
if (root) {
  markMount();
  createRoot(root).render(<Payout />);
}
