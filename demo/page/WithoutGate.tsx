import { CoinflowWithdraw } from '@coinflowlabs/react';
import { type ComponentProps, useEffect, useState } from 'react';

interface WithoutGateProps {
  readonly userId: string;
  readonly merchantId: string;
  readonly env: string;
  readonly amount: number;
}

/** What happens without the gate: the share token is registered, and the form is opened at the same time. */
export function WithoutGate({ userId, merchantId, env, amount }: WithoutGateProps) {
  const [sessionKey, setSessionKey] = useState<string>();

  useEffect(() => {
    const url = `/api/kyc?subject=${encodeURIComponent(userId)}`;
    let isHere = true;
    // One microtask later, so that StrictMode's rehearsal sends nothing.
    queueMicrotask(() => {
      if (!isHere) return;
      void fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      void fetch(`${url}&session=1`)
        .then((response) => response.json() as Promise<{ sessionKey?: string }>)
        .then((answer) => isHere && setSessionKey(answer.sessionKey));
    });
    return () => {
      isHere = false;
    };
  }, [userId]);

  if (sessionKey === undefined) return <div className="bare" />;
  const props = { merchantId, env, sessionKey, amount, blockchain: 'solana', connection: {}, wallet: { publicKey: null } };
  return (
    <div className="bare">
      <CoinflowWithdraw {...(props as unknown as ComponentProps<typeof CoinflowWithdraw>)} />
    </div>
  );
}
