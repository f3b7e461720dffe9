/** A registered symbol: the stand-in and the form may end up in different bundles on one page. */
const mark = Symbol.for('kyc-reuse-gate.no-web3');

/** Marks the page, so that the form knows that `kyc-reuse-gate/no-web3` replaces `@solana/web3.js`. */
export function markNoWeb3(): void {
  Reflect.set(globalThis, mark, true);
}

/** Whether the stand-in is in use. Reliable once Coinflow's component has been evaluated: that evaluates web3 first. */
export function isWithoutWeb3(): boolean {
  return Reflect.has(globalThis, mark);
}
