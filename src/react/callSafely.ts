/**
 * Calls one of the merchant's functions. What it throws is reported as an error of the page
 * and doesn't take the gate down.
 */
export function callSafely<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    (globalThis.reportError ?? console.error)(error);
    return undefined;
  }
}
