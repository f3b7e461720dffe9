import type { KycUser } from './users';

/** A KYC webhook of Coinflow's: that something about this user changed. Your callback's data, never logged by the kit. */
export interface KycWebhookEvent {
  /** `KYC Created`, `KYC Success`, `KYC Failure`; others may come. */
  readonly eventType: string;
  /** When Coinflow made it, ISO 8601. */
  readonly created: string;
  readonly user: KycUser;
}

/**
 * Reads a webhook's body, already authenticated. For users known by id, Coinflow sends the blockchain `user` and the
 * wallet `<merchantId>ʬ<userId>` (U+02AC).
 *
 * @returns `otherCategory` for webhooks that aren't about KYC, `malformed` for what no webhook of Coinflow's looks like
 */
export function kycWebhookEventOf(body: Uint8Array): KycWebhookEvent | 'otherCategory' | 'malformed' {
  const event = fieldsOf(parsed(body));
  if (typeof event.category !== 'string') return 'malformed';
  if (event.category !== 'KYC') return 'otherCategory';
  const { eventType, created } = event;
  const user = userOf(fieldsOf(event.data));
  if (typeof eventType !== 'string' || typeof created !== 'string' || user === undefined) return 'malformed';
  return Number.isNaN(Date.parse(created)) ? 'malformed' : { eventType, created, user };
}

function userOf({ wallet, blockchain }: Record<string, unknown>): KycUser | undefined {
  if (typeof wallet !== 'string' || typeof blockchain !== 'string' || wallet === '') return undefined;
  if (blockchain !== 'user') return { wallet, blockchain };
  const separator = wallet.indexOf('\u02AC');
  const userId = wallet.slice(separator + 1);
  return separator < 1 || userId === '' ? undefined : { userId };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
