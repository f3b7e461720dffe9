import type { GateFailure } from '../../contract/failures';
import { setupFailure } from '../../client/options';
import type { WithdrawProps } from './WithdrawProps';

/** The user that the form opens as. */
export interface Identity {
  /** Values whose change closes the form and starts the gate over. */
  readonly values: readonly unknown[];
  /** The gate has to fetch a session key from the endpoint. */
  readonly needsSessionKey: boolean;
  /** A wallet user whose wallet is missing or not connected yet: nothing can be mounted. */
  readonly waitsForWallet: boolean;
  /** Wrong `withdraw` props. */
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

/** The wallet's address as Coinflow reads it: `publicKey` on Solana, `address` elsewhere. */
export function addressOf(wallet: unknown): string | undefined {
  const { publicKey, address } = (wallet ?? {}) as {
    publicKey?: { toString(): string } | null;
    address?: string | null;
  };
  return publicKey?.toString() ?? address ?? undefined;
}
