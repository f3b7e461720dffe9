import type { KitError } from './answers';

/**
 * Wraps a merchant's `onError`. A logger that throws or rejects must not turn a coded answer into a crash.
 *
 * @param onError @default logs one line with `console.error`
 */
export function createReport(onError: (error: KitError) => unknown = logError): (error: KitError) => void {
  return (error) => {
    new Promise((resolve) => {
      resolve(onError(error));
    }).catch(() => logError(error));
  };
}

/** Logs one line, without `cause`: what your function threw may contain anything. */
function logError({ code, message, upstreamStatus }: KitError): void {
  console.error(
    `kyc-reuse-gate: ${code}${upstreamStatus === undefined ? '' : ` (upstream ${upstreamStatus})`}: ${message}`,
  );
}
