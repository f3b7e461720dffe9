import type { PartialMessages } from './KycReuseGateProps';
import { en, type GateMessages } from './messages';

/** The default texts with the merchant's laid over them. */
export function mergeMessages(own: PartialMessages | undefined): GateMessages {
  return own ? (merge(en, own) as GateMessages) : en;
}

function merge(base: object, over: object): object {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (value === undefined) continue;
    merged[key] = typeof value === 'object' && value !== null && typeof below === 'object' ? merge(below as object, value as object) : value;
  }
  return merged;
}
