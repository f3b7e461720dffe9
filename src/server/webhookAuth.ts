const encoder = new TextEncoder();

/** What the authentication of one webhook found. */
export type WebhookAuth = 'authentic' | 'forged' | 'stale';

/**
 * Checks a webhook by either of Coinflow's ways: `Coinflow-Signature: t=<unix s>,v1=<hex HMAC-SHA256 of "{t}.{raw
 * body}">`, or `Authorization` equal to the Webhook Validation Key (Coinflow's webhook guide). A request that carries
 * a signature is judged by it alone, so that a bad one is not excused by the other header.
 *
 * @param keys the Webhook Validation Keys that count, more than one while a key is being rotated
 * @param toleranceMs how far the signature's time may be from `nowMs`, in either direction
 */
export async function authenticateWebhook(
  headers: Headers,
  body: Uint8Array,
  { keys, toleranceMs, nowMs }: { keys: readonly string[]; toleranceMs: number; nowMs: number },
): Promise<WebhookAuth> {
  // An empty key would make a request without any header authentic.
  if (keys.length === 0 || keys.includes('')) return 'forged';
  const signature = headers.get('Coinflow-Signature');
  if (signature === null) {
    const sent = headers.get('Authorization');
    return sent !== null && (await matchesAny(sent, keys)) ? 'authentic' : 'forged';
  }
  const [, seconds, sent] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/i.exec(signature) ?? [];
  if (seconds === undefined || sent === undefined) return 'forged';
  const expected = await Promise.all(keys.map((key) => signatureOf(body, key, seconds)));
  if (!(await matchesAny(sent.toLowerCase(), expected))) return 'forged';
  return Math.abs(nowMs - Number(seconds) * 1000) <= toleranceMs ? 'authentic' : 'stale';
}

/**
 * The headers Coinflow would send with this body: for tests of your webhook route.
 *
 * @param key the Webhook Validation Key
 * @param at when it is signed; now by default
 */
export async function signWebhook(
  body: string | Uint8Array,
  key: string,
  at: Date = new Date(),
): Promise<{ 'Coinflow-Signature': string }> {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  return { 'Coinflow-Signature': `t=${seconds},v1=${await signatureOf(bytes, key, seconds)}` };
}

async function signatureOf(body: Uint8Array, key: string, seconds: string): Promise<string> {
  const prefix = encoder.encode(`${seconds}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  const bytes = await hmac(encoder.encode(key), signed);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Compares HMACs under a key made for this call: their bytes tell nobody how much of a guess was right. */
async function matchesAny(sent: string, expected: readonly string[]): Promise<boolean> {
  const once = crypto.getRandomValues(new Uint8Array(32));
  const [ours, ...theirs] = await Promise.all([sent, ...expected].map((text) => hmac(once, encoder.encode(text))));
  let matches = false;
  for (const digest of theirs) {
    let difference = 0;
    digest.forEach((byte, index) => (difference |= byte ^ (ours?.[index] ?? 256)));
    matches = difference === 0 || matches;
  }
  return matches;
}

async function hmac(secret: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(bytes)));
}
