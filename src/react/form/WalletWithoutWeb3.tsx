import { useEffect } from 'react';
import { setupFailure } from '../../client/options';
import type { GateFailure } from '../../contract/failures';
import { isWithoutWeb3 } from '../../contract/web3Mark';
import type { WithdrawProps } from './WithdrawProps';

/** Whether there is a wallet although this build has no web3 for it. */
export function lacksWeb3({ wallet }: WithdrawProps): boolean {
  return !!wallet && isWithoutWeb3();
}

/**
 * Renders nothing in the form's place and reports the failure. Otherwise Coinflow's page would open, and fail
 * only once the wallet has to sign.
 */
export function WalletWithoutWeb3({ onFailure }: { readonly onFailure: (failure: GateFailure) => void }) {
  useEffect(() => onFailure(setupFailure('walletWithoutWeb3')), [onFailure]);
  return null;
}
