import { KitError } from './answers';
import { isHeaderText } from './upstream';

interface Contact {
  /** The user's e-mail address. Coinflow requires it to register a share token. */
  readonly email?: string | undefined;
  /** The user's country, ISO 3166-1 alpha-2. Coinflow requires it for Sumsub. */
  readonly country?: string | undefined;
}

interface UserById {
  /**
   * Your stable id of the user, without personal data: 1 to 512 printable ASCII characters, no spaces.
   * Coinflow's `x-coinflow-auth-user-id`.
   */
  readonly userId: string;
  readonly wallet?: string | undefined;
  readonly blockchain?: string | undefined;
}

interface UserByWallet {
  readonly userId?: undefined;
  /** The address of the user's wallet. Coinflow's `x-coinflow-auth-wallet`. */
  readonly wallet: string;
  /** Coinflow's `x-coinflow-auth-blockchain`: `solana`, `eth`, … */
  readonly blockchain: string;
}

/**
 * The signed-in user, as returned by your `authenticate`. Coinflow knows a user with both an id and a wallet by the id.
 */
export type KycUser = Contact & (UserById | UserByWallet);

/** The `subject` that this user's gate must send: the id, or the wallet's address if there is no id. */
export function subjectOf(user: KycUser): string {
  return user.userId ?? user.wallet;
}

/**
 * The headers that identify the user to Coinflow.
 *
 * @throws {KitError} `internal`: the id can't be sent in a header (control characters, line breaks, non-ASCII
 *   characters, empty or too long)
 */
export function userHeaders(user: KycUser): Record<string, string> {
  if (user.userId !== undefined) return { 'x-coinflow-auth-user-id': checked(user.userId, 'userId') };
  return {
    'x-coinflow-auth-wallet': checked(user.wallet, 'wallet'),
    'x-coinflow-auth-blockchain': checked(user.blockchain, 'blockchain'),
  };
}

/**
 * Key for what the kit remembers: the same for one Coinflow user, different for everyone else.
 *
 * @throws {KitError} as {@link userHeaders}
 */
export function userKeyOf(user: KycUser): string {
  return JSON.stringify(userHeaders(user));
}

const maxIdLength = 512;

function checked(value: unknown, name: string): string {
  if (isHeaderText(value) && value.length <= maxIdLength) return value;
  throw new KitError('internal', {
    message: `\`authenticate\` returned a \`${name}\` that cannot be sent to Coinflow. It must be 1 to 512 printable ASCII characters without spaces.`,
  });
}
