import type { GateFailure } from '../contract/failures';
import { misconfigured } from '../client/checkSetup';
import type { WithdrawProps } from './WithdrawProps';

/** Whom the form opens as. */
export interface Identity {
  /** Every value whose change closes the form and gates anew. */
  readonly values: readonly unknown[];
  /** The endpoint is asked for a session key. */
  readonly needsSessionKey: boolean;
  /** A wallet arm whose wallet is not connected yet: nothing can be mounted. */
  readonly waitsForWallet: boolean;
  readonly failure?: GateFailure;
}

/** Source of the envs: Coinflow's `CoinflowEnvs`. */
const envs = ['prod', 'staging', 'staging-live', 'sandbox', 'local'];

/** Reads the identity from `withdraw`. */
export function identityOf(withdraw: WithdrawProps): Identity {
  const { merchantId, env, blockchain, wallet, sessionKey } = withdraw;
  const address = addressOf(wallet);
  return {
    values: [merchantId, env, blockchain, address, sessionKey],
    needsSessionKey: wallet === undefined && sessionKey === undefined,
    waitsForWallet: wallet !== undefined && !address && sessionKey === undefined,
    ...problem(withdraw),
  };
}

function problem({ merchantId, env, wallet, blockchain }: WithdrawProps): { failure: GateFailure } | undefined {
  if (typeof merchantId !== 'string' || !merchantId) {
    return { failure: misconfigured('`withdraw.merchantId` is empty. Pass your merchant id from the Coinflow dashboard.') };
  }
  if (env !== undefined && !envs.includes(env)) {
    return { failure: misconfigured(`\`withdraw.env\` is ${JSON.stringify(env)}; Coinflow knows ${envs.join(', ')}.`) };
  }
  if ((wallet === undefined) !== (blockchain === undefined)) {
    return {
      failure: misconfigured(
        '`withdraw` has only one of `wallet` and `blockchain`. Pass both for a user registered by wallet, neither for a user registered by id.',
      ),
    };
  }
  return undefined;
}

/** The wallet's address as Coinflow reads it: `publicKey` on Solana, `address` elsewhere. */
function addressOf(wallet: unknown): string | undefined {
  if (typeof wallet !== 'object' || wallet === null) return undefined;
  const { publicKey, address } = wallet as { publicKey?: { toString(): string } | null; address?: string | null };
  return publicKey?.toString() ?? address ?? undefined;
}
