import type { GateFailure } from '../contract/failures';
import { setupFailure } from '../client/checkSetup';
import { addressOf } from './addressOf';
import type { WithdrawProps } from './WithdrawProps';

/** Whom the form opens as. */
export interface Identity {
  /** Every value whose change closes the form and gates anew. */
  readonly values: readonly unknown[];
  /** The endpoint is asked for a session key. */
  readonly needsSessionKey: boolean;
  /** A wallet arm whose wallet is not connected yet, or not there yet: nothing can be mounted. */
  readonly waitsForWallet: boolean;
  readonly failure: GateFailure | undefined;
}

/** Source: Coinflow's `CoinflowEnvs`. */
const envs = /^(prod|staging|staging-live|sandbox|local)$/;

/** Reads the identity from `withdraw`. */
export function identityOf(withdraw: WithdrawProps): Identity {
  const { merchantId, env = 'prod', blockchain, wallet, sessionKey } = withdraw;
  const address = addressOf(wallet);
  return {
    values: [merchantId, env, blockchain, address, sessionKey],
    needsSessionKey: !blockchain && !wallet && !sessionKey,
    waitsForWallet: !!blockchain && !address && !sessionKey,
    failure: !merchantId
      ? setupFailure('merchantIdEmpty')
      : !envs.test(env)
        ? setupFailure('envUnknown', env)
        : wallet && !blockchain
          ? setupFailure('walletIncomplete')
          : undefined,
  };
}
