/** Calls a function of the merchant's; what it throws is reported as the page's own error and does not take the gate down. */
export function callSafely<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    (globalThis.reportError ?? console.error)(error);
    return undefined;
  }
}
