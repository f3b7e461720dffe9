const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** An amount in dollars, as text. */
export function formatMoney(amount: number): string {
  return dollars.format(amount);
}
