/** Texts with the merchant's laid over them, text by text. */
export function mergeMessages<T>(base: T, over: unknown): T {
  if (typeof base !== 'object') return (over ?? base) as T;
  return Object.fromEntries(
    Object.entries(base as object).map(([key, text]) => [
      key,
      mergeMessages(text as unknown, (over as Record<string, unknown> | undefined)?.[key]),
    ]),
  ) as T;
}
