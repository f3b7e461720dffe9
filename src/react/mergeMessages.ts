import type { PartialMessages } from './KycReuseGateProps';

/** Texts with the merchant's laid over them, text by text. */
export function mergeMessages<T>(base: T, over: PartialMessages | undefined): T {
  return merge(base, over);
}

function merge<T>(base: T, over: unknown): T {
  if (typeof base !== 'object') return (over ?? base) as T;
  return Object.fromEntries(Object.entries(base as object).map(([key, text]) => [key, merge(text, (over as Record<string, unknown> | undefined)?.[key])])) as T;
}
