/**
 * An inert stand-in for `@solana/web3.js`, used through a bundler alias. For merchants whose users are known by
 * id: their form never runs web3.
 *
 * Exports only what `@coinflowlabs/react` imports, so the bundler reports any other import of web3 in the same build.
 * Importing it only marks the page for the form; `sideEffects` in package.json keeps bundlers from dropping that.
 */
import { markNoWeb3 } from './contract/web3Mark';

/* eslint-disable @typescript-eslint/no-extraneous-class -- classes, as in web3; only their static members are ever called */
markNoWeb3();

/**
 * Stands in for web3's class of the same name.
 *
 * @throws {Error} whenever it is used; the message names the alias and how to undo it
 */
export class Transaction {
  constructor() {
    refuse('new Transaction()');
  }

  /** @throws {Error} always */
  static from(): never {
    return refuse('Transaction.from()');
  }
}

/**
 * Stands in for web3's class of the same name.
 *
 * @throws {Error} whenever it is used; the message names the alias and how to undo it
 */
export class VersionedTransaction {
  constructor() {
    refuse('new VersionedTransaction()');
  }

  /** @throws {Error} always */
  static deserialize(): never {
    return refuse('VersionedTransaction.deserialize()');
  }
}

function refuse(call: string): never {
  throw new Error(
    `${call} needs @solana/web3.js, which this build replaces with kyc-reuse-gate/no-web3. To use wallets, remove that alias from your bundler configuration.`,
  );
}
