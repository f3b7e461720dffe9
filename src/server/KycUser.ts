import { isHeaderText } from './isHeaderText';
import { KitError } from './KitError';

interface Contact {
  /** E-mail address of the user. Coinflow requires it to register a share token. */
  readonly email?: string | undefined;
  /** ISO 3166-1 alpha-2. Coinflow requires it for Sumsub. */
  readonly country?: string | undefined;
}

interface UserById {
  /** Your stable, non-PII id of the user; Coinflow's `x-coinflow-auth-user-id`. */
  readonly userId: string;
  readonly wallet?: string | undefined;
  readonly blockchain?: string | undefined;
}

interface UserByWallet {
  readonly userId?: undefined;
  /** Address of the user's wallet; Coinflow's `x-coinflow-auth-wallet`. */
  readonly wallet: string;
  /** Coinflow's `x-coinflow-auth-blockchain`: `solana`, `eth`, … */
  readonly blockchain: string;
}

/** The signed-in user, as your `authenticate` gives it. With both an id and a wallet, Coinflow is asked by id. */
export type KycUser = Contact & (UserById | UserByWallet);

/** The `subject` a user's gate must send: the id, or else the wallet's address. */
export function subjectOf(user: KycUser): string {
  return user.userId ?? user.wallet;
}

/**
 * The headers that name the user to Coinflow.
 *
 * @throws {KitError} `internal`: an id that cannot stand in a header (control characters, line breaks, characters outside ASCII, empty or very long)
 */
export function userHeaders(user: KycUser): Record<string, string> {
  if (user.userId !== undefined) return { 'x-coinflow-auth-user-id': checked(user.userId, 'userId') };
  return {
    'x-coinflow-auth-wallet': checked(user.wallet, 'wallet'),
    'x-coinflow-auth-blockchain': checked(user.blockchain, 'blockchain'),
  };
}

/** The same text for the same user of Coinflow's, and for no other. @throws {KitError} as {@link userHeaders} */
export function userKeyOf(user: KycUser): string {
  return JSON.stringify(userHeaders(user));
}

const maxIdLength = 512;

function checked(value: unknown, name: string): string {
  if (isHeaderText(value) && value.length <= maxIdLength) return value;
  throw new KitError('internal', {
    message: `\`authenticate\` gave a \`${name}\` that cannot be sent to Coinflow: it must be 1 to 512 printable ASCII characters without spaces.`,
  });
}
