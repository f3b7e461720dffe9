import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import { inTime } from '../contract/inTime';
import { graceMs } from '../contract/graceMs';
import { type BrowserToken, isBrowserToken } from '../contract/vendors';
import type { RegistrationResult } from '../gate/GateSnapshot';
import { isUsable } from '../gate/isUsable';
import { lockWaitMs } from '../gate/timing';
import { tokenSpent } from '../gate/tokenSpent';
import type { Endpoint } from './createEndpoint';
import { plainFailure } from './plainFailure';
import { nextSeq } from './sequence';
import { warnOnce } from './warnOnce';
import type { Watch } from './watchOf';

/** Where a browser-held token comes from; `undefined` where the backend mints it. */
export type TokenSource = BrowserToken | (() => BrowserToken | Promise<BrowserToken>) | undefined;

/** Longest wait for a `shareToken` function, in ms. */
const shareTokenTimeoutMs = 30_000;

/** Fixed tokens that went out and must be taken as used up. In memory only: never stored, shown or logged. */
const spentTokens = new Set<string>();

/** Whether a token can be sent that has not been spent. */
export function isTokenAvailable(source: TokenSource): boolean {
  return typeof source !== 'object' || !spentTokens.has(source.shareToken);
}

/**
 * Registers the share token, once: alone among this origin's tabs, and only if a GET inside the lock finds no usable record.
 *
 * Never throws, and takes no AbortSignal: a registration that has begun is finished, whoever has left the page meanwhile.
 *
 * @param name the same for every gate of one endpoint and subject
 * @param previous the last result; rows of failures are counted on from it
 */
export async function registerOnce(
  name: string,
  watch: Watch,
  endpoint: Endpoint,
  source: TokenSource,
  previous: RegistrationResult | undefined,
): Promise<RegistrationResult> {
  const result = (outcome: RegistrationResult['outcome'], failure?: GateFailure): RegistrationResult => {
    const at = Date.now();
    // A token that was not sent and one that was lost are one row of failures.
    const goesOn = previous?.failure !== undefined && isOpenEnded(previous.outcome) && isOpenEnded(outcome);
    return {
      outcome,
      attempt: goesOn ? previous.attempt + 1 : 1,
      since: goesOn ? previous.since : at,
      seq: nextSeq(),
      at,
      ...(failure && { failure }),
    };
  };

  async function registerAlone(): Promise<RegistrationResult> {
    let token: BrowserToken | undefined;
    try {
      if (isUsable(await read())) return result('present');
      token = typeof source === 'function' ? await inTime(source(), shareTokenTimeoutMs, () => undefined) : source;
    } catch (error) {
      return result('notSent', plainFailure(error, 'tokenUnavailable', 'shareTokenThrew'));
    }
    if (source !== undefined && !isBrowserToken(token)) {
      warnOnce('shareTokenOdd');
      return result('refused', { code: 'misconfigured', message: explain('shareTokenOdd') });
    }
    if (token && spentTokens.has(token.shareToken)) {
      return result('refused', tokenSpent);
    }
    // A gate may have read a record while the token was being fetched.
    if (isUsable(watch.record)) return result('present');
    const answer = await endpoint.register(token);
    if (token && answer.isSpent) spentTokens.add(token.shareToken);
    if (answer.outcome === 'accepted') return result('accepted');
    if (answer.failure.code === 'tokenRefused') {
      // A refusal can mean that the token was redeemed before: one GET tells.
      try {
        if (isUsable(await read())) return result('present');
      } catch (error) {
        return result('unknown', plainFailure(error));
      }
    }
    return result(answer.outcome, answer.failure);
  }

  const read = () => endpoint.read(new AbortController().signal);

  // Missing in old browsers and on plain-http pages: then the one registration is kept within the page only.
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return registerAlone();
  const { locks } = navigator;
  return new Promise((resolve) => {
    const wait = new AbortController();
    const stopWaiting = () => wait.abort();
    const timer = setTimeout(stopWaiting, lockWaitMs);
    watch.release = stopWaiting;
    const endWait = () => {
      clearTimeout(timer);
      forget(watch, stopWaiting);
    };
    let registering: Promise<RegistrationResult> | undefined;
    locks
      .request(`kyc-reuse-gate ${name}`, { signal: wait.signal }, async () => {
        endWait();
        registering = registerAlone();
        const registered = await registering;
        resolve(registered);
        const holdMs = registered.outcome === 'accepted' ? lockWaitMs : registered.outcome === 'unknown' ? graceMs : 0;
        if (holdMs > 0 && watch.gates > 0) await untilFound(watch, holdMs);
      })
      .catch(() => {
        endWait();
        // Another tab held the lock all the time, or nothing is left to wait for; or locks are refused here, as on an opaque origin. What has begun is not begun again.
        resolve(registering ?? (wait.signal.aborted ? result('notSent') : registerAlone()));
      });
  });
}

/** While the token is being redeemed, or nobody knows what became of it, there is no record to be found: another tab that looked now would register again. */
function untilFound(watch: Watch, holdMs: number): Promise<void> {
  return new Promise((resolve) => {
    const release = () => {
      clearTimeout(timer);
      forget(watch, release);
      resolve();
    };
    const timer = setTimeout(release, holdMs);
    watch.release = release;
  });
}

/** What is over is not kept, with all that it knows. */
function forget(watch: Watch, release: () => void): void {
  if (watch.release === release) watch.release = undefined;
}

function isOpenEnded(outcome: RegistrationResult['outcome']): boolean {
  return outcome === 'notSent' || outcome === 'unknown';
}
