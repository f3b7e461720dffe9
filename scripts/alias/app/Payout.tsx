'use client';

import { useState } from 'react';
import { type GateFailure, KycReuseGate } from 'kyc-reuse-gate';

const common = { merchantId: 'acme', env: 'local' } as const;

/** A merchant's payout page. The user, and with `wallet` the address too, is `?user=…`; the gate is mounted on a click, so that a visitor can tell what loads when. */
export function Payout() {
  const [shown, show] = useState<'id' | 'wallet'>();
  const [failure, setFailure] = useState('');
  const onError = ({ code, message }: GateFailure) => setFailure(`${code}: ${message}`);
  return (
    <>
      <button onClick={() => show('id')}>Withdraw, known by id</button>
      <button onClick={() => show('wallet')}>Withdraw, with a wallet</button>
      <output>{failure}</output>
      {shown === 'id' && <KycReuseGate endpoint="/api/kyc" subject={user()} withdraw={common} onError={onError} />}
      {shown === 'wallet' && (
        <KycReuseGate
          {...{
            endpoint: '/api/kyc',
            subject: user(),
            withdraw: common,
            onError,
            ...withWallet(),
          }}
        />
      )}
    </>
  );
}

function user(): string {
  return new URLSearchParams(location.search).get('user') ?? '';
}

/** As a JavaScript caller writes it: Coinflow's types ask for web3's own classes, and this build is to do without them. */
function withWallet(): Record<string, unknown> {
  const wallet = {
    publicKey: { toString: user },
    sendTransaction: () => Promise.reject(new Error('Nothing is signed here.')),
  };
  return { withdraw: { ...common, blockchain: 'solana', connection: {}, wallet } };
}
