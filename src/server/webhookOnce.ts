import { inTime } from '../contract/bounded';
import { KitError } from './answers';
import type { KycStore } from './store';
import { sha256Hex } from './topics';

/** How long a delivery that ended is remembered, in ms: 37 h. Coinflow retries for 36 h. */
const rememberedMs = 37 * 3_600_000;

/** How long an instance that died keeps others from the webhook it was working on, in ms. Longer than any answer takes. */
const leaseMs = 10_000;

/** Longest wait for one answer of the store, in ms. */
const storeMs = 1_000;

/** Between two looks at a delivery that somebody else is working on, in ms. */
const pollMs = 100;

const done = 'done';

/**
 * Delivers a webhook once among all instances that share the store. It is remembered as delivered only afterwards: when
 * the delivery fails, or its instance dies, Coinflow's retry delivers it.
 *
 * @param body its bytes, valid UTF-8
 * @param leftMs the time left until the answer is due, in ms
 * @throws {KitError} `storeUnavailable`; `internal`: a copy of it is still being delivered
 * @throws what `deliver` throws
 */
export async function deliverOnce(
  store: KycStore,
  body: Uint8Array,
  leftMs: () => number,
  deliver: () => Promise<void>,
): Promise<'delivered' | 'duplicate'> {
  // `ignoreBOM` keeps it: other bytes are another text.
  const key = `webhook:${sha256Hex(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body))}`;
  const mine = crypto.randomUUID();
  while (!(await askStore(() => store.claim(key, mine, leaseMs), leftMs()))) {
    if ((await askStore(() => store.get(key), leftMs())) === done) return 'duplicate';
    if (leftMs() <= pollMs)
      throw new KitError('internal', {
        message: 'A copy of this webhook is still being delivered. Coinflow will send it again.',
      });
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  try {
    await deliver();
  } catch (error) {
    // If this fails too, the lease ends by itself.
    await askStore(() => store.release(key, mine), leftMs()).catch(() => {});
    throw error;
  }
  // If this fails, a copy may be delivered again. That is no reason to ask Coinflow for one.
  await askStore(() => store.set(key, done, rememberedMs), leftMs()).catch(() => {});
  return 'delivered';
}

/** Asks the store, but waits no longer than a second. @throws {KitError} `storeUnavailable` */
export async function askStore<T>(ask: () => Promise<T>, leftMs: number): Promise<T> {
  try {
    // Inside a function: a store may throw instead of rejecting.
    return await inTime(
      (async () => ask())(),
      Math.min(storeMs, leftMs),
      () => new Error('The store did not answer in time.'),
    );
  } catch (cause) {
    throw new KitError('storeUnavailable', {
      message:
        'The `store` failed or did not answer in time, so a webhook was not passed on. Coinflow will send it again.',
      cause,
    });
  }
}
