import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The opaque hash that stands for a user in store keys, topics and events: SHA-256 in hex.
 *
 * @param userKey from `userKeyOf`
 */
export function userHashOf(userKey: string): string {
  return sha256Hex(`kyc-reuse-gate user ${userKey}`);
}

/**
 * The topic to publish when something about a user changed, for example by a webhook: wakes that user's held requests
 * on every instance.
 *
 * @param userKey from `userKeyOf`
 */
export function topicOf(userKey: string): string {
  return topicOfHash(userHashOf(userKey));
}

/** The same as {@link topicOf}, for a hash from {@link userHashOf}. */
export function topicOfHash(userHash: string): string {
  return `user:${userHash}`;
}

/**
 * SHA-256 in hex. Not by WebCrypto, which is asynchronous: that takes longer than these few bytes, and every request hashes.
 * Nor by `node:crypto`, which edge runtimes lack.
 */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
