import type { PartialMessages } from './KycReuseGateProps';
import { en, type GateMessages } from './messages';

/** The default texts with the merchant's laid over them, text by text. */
export function mergeMessages(own: PartialMessages = {}): GateMessages {
  return merge(en, own);
}

function merge<T>(base: T, over: unknown): T {
  if (typeof base !== 'object') return (over ?? base) as T;
  return Object.fromEntries(Object.entries(base as object).map(([key, text]) => [key, merge(text, (over as Record<string, unknown> | undefined)?.[key])])) as T;
}
