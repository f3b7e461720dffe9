/** A text of a docstring: what stands in backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return text.split('`').map((piece, i) => (i % 2 ? <code key={i}>{piece}</code> : piece));
}
