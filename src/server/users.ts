import { KitError } from './answers';
import { isCountryCode } from './countries';
import { userHashOf } from './topics';
import { isHeaderText } from './upstream';

interface Contact {
  /** The user's e-mail address. Coinflow requires it to register a share token. */
  readonly email?: string | undefined;
  /** The user's country, ISO 3166-1 alpha-2 in upper case (`US`, not `USA`). Coinflow requires it for Sumsub. */
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

/** Whether a gate's `subject` is this user. Ids compare exactly, wallets as {@link comparable} says. */
export function isSubjectOf(subject: string, user: KycUser): boolean {
  if (user.userId !== undefined) return subject === user.userId;
  return comparable(subject) === comparable(user.wallet);
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
  const headers = userHeaders(user);
  return JSON.stringify(
    user.userId === undefined ? { ...headers, 'x-coinflow-auth-wallet': comparable(user.wallet) } : headers,
  );
}

/**
 * Checks the e-mail address and the country that `authenticate` returned. Call it before anything is minted: with a
 * wrong one, the registration would fail and the token would be lost. Missing ones pass, since not every vendor needs
 * both.
 *
 * @throws {KitError} `internal`; the message names the field, and never holds its value
 */
export function checkContact({ email, country }: KycUser): void {
  // A database's `null` and an empty text mean that there is none.
  if (email && !isEmail(email))
    throw new KitError('internal', {
      message: '`authenticate` returned an `email` that is not an e-mail address. Return one like name@example.com.',
    });
  if (country && !isCountryCode(country))
    throw new KitError('internal', {
      message:
        '`authenticate` returned a `country` that is not an ISO 3166-1 alpha-2 code. Return two upper-case letters, like US or DE.',
    });
}

/** Whether a value could be an e-mail address. Whether there is such a mailbox is not ours to say. */
export function isEmail(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxEmailLength && /^[^\s@]+@[^\s@]+$/.test(value);
}

/** Longest address that mail can carry (RFC 5321 §4.5.3.1.3). */
const maxEmailLength = 254;

/**
 * An EVM address in lower case; anything else as it is. The upper case in an EVM address is only a checksum (EIP-55), so
 * wallets and databases write the same address differently. On Solana and Stellar, the case matters. No address there
 * looks like an EVM one.
 */
function comparable(address: string): string {
  return /^0x[\da-f]{40}$/i.test(address) ? address.toLowerCase() : address;
}

const maxIdLength = 512;

function checked(value: unknown, name: string): string {
  if (isHeaderText(value) && value.length <= maxIdLength) return value;
  throw new KitError('internal', {
    message: `\`authenticate\` returned a \`${name}\` that cannot be sent to Coinflow. It must be 1 to 512 printable ASCII characters without spaces.`,
  });
}

/** A signed-in user as one request knows them. */
export interface KnownUser {
  readonly user: KycUser;
  /** From {@link hashKycUser}: stands for them in keys, topics and events. */
  readonly hash: string;
  /** From `requestIdOf`. What is done for several requests has that of the one that began it. */
  readonly requestId: string;
}

/** @throws {KitError} as {@link userHeaders} */
export function knownUser(user: KycUser, requestId: string): KnownUser {
  return { user, hash: hashKycUser(user), requestId };
}

/**
 * The hash that stands for a user in events, store keys and topics: SHA-256 in hex of the id, or of blockchain and
 * wallet. The same on every instance and for as long as the id is, so that you can look a user's events up by it.
 *
 * It keeps ids out of your log, but is a pseudonym, not anonymous: no secret goes into it, so whoever can list or guess
 * your ids (numbers, wallets) can hash them too. Random ids can't be guessed. Where yours can, and your log is read by
 * people who mustn't know them, hash once more with a secret of yours in `onEvent`.
 *
 * @throws {KitError} `internal`: the user has no id that could be sent to Coinflow
 */
export function hashKycUser(user: KycUser): string {
  return userHashOf(userKeyOf(user));
}
