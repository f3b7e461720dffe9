const query = new URLSearchParams(location.search);

/** Who is signed in. A real page knows it from its own session. */
export const userId = query.get('user') ?? '';

/** Whether the shop remembers that it has registered this user: the hand-written way then reads at once, and spends no token. */
export const isReturning = query.has('returning');

export const merchantId = 'acme';

/** Marks the moment from which the user waits for the form. */
export function markMount(): void {
  performance.mark('mount');
}
