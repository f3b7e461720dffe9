/** What a function of the merchant's gives, unless it takes too long: one that never settles must not hold up what waits for it. @throws what `late` gives */
export async function inTime<T>(given: T | Promise<T>, ms: number, late: () => unknown): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late() as Error), ms);
  });
  return Promise.race([given, limit]).finally(() => clearTimeout(timer));
}
