import { CoinflowWithdraw, type CoinflowWithdrawProps } from '@coinflowlabs/react';
import type { WithdrawProps } from 'kyc-reuse-gate';
import { use, useEffect, useEffectEvent } from 'react';

interface UngatedFormProps {
  readonly sessionKey: Promise<string>;
  readonly merchantId: string;
  readonly env: NonNullable<CoinflowWithdrawProps['env']>;
  readonly email: string;
  readonly amount: number;
  readonly onOpened: () => void;
  readonly theme: NonNullable<WithdrawProps['theme']>;
}

/** Coinflow's component straight away, as without the gate: nobody looks whether there is a record. */
export function UngatedForm({ sessionKey, theme, onOpened, ...props }: UngatedFormProps) {
  const key = use(sessionKey);
  const tell = useEffectEvent(onOpened);
  useEffect(() => tell(), []);
  return (
    <div className="ungated-form">
      <CoinflowWithdraw {...props} {...byIdOnly} theme={theme as object} sessionKey={key} />
    </div>
  );
}

/** The component insists on a wallet, which a user known by id has not. */
const byIdOnly = {
  blockchain: 'solana',
  connection: {},
  wallet: { publicKey: null, sendTransaction: () => Promise.reject(new Error('This user has no wallet.')) },
} as unknown as Pick<Extract<CoinflowWithdrawProps, { blockchain: 'solana' }>, 'blockchain' | 'connection' | 'wallet'>;
