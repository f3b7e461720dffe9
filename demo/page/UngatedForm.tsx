import { CoinflowWithdraw, type CoinflowWithdrawProps } from '@coinflowlabs/react';
import { use } from 'react';

interface UngatedFormProps {
  readonly sessionKey: Promise<string>;
  readonly merchantId: string;
  readonly env: NonNullable<CoinflowWithdrawProps['env']>;
  readonly email: string;
  readonly amount: number;
}

/** Coinflow's component straight away, as without the gate: nobody looks whether there is a record. */
export function UngatedForm({ sessionKey, ...props }: UngatedFormProps) {
  const key = use(sessionKey);
  return (
    <div className="ungated-form">
      <CoinflowWithdraw {...props} {...byIdOnly} sessionKey={key} />
    </div>
  );
}

/** The component insists on a wallet, which a user known by id has not. */
const byIdOnly = {
  blockchain: 'solana',
  connection: {},
  wallet: { publicKey: null, sendTransaction: () => Promise.reject(new Error('This user has no wallet.')) },
} as unknown as Pick<Extract<CoinflowWithdrawProps, { blockchain: 'solana' }>, 'blockchain' | 'connection' | 'wallet'>;
