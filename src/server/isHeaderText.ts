/** Printable ASCII without spaces: what every key, id of a merchant and wallet address is made of, and what can stand in a header. */
export function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
