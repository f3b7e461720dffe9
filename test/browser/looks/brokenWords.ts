/** Runs in the page: words of the gate that go on in the next line. What a word is, its language says. */
export function brokenWords(within: string): string[] {
  const gate = document.querySelector('[data-kyc-gate]');
  const words = new Intl.Segmenter(gate?.getAttribute('lang') ?? undefined, { granularity: 'word' });
  return Array.from(gate?.querySelectorAll(within) ?? []).flatMap((element) => {
    const text = element.firstChild;
    if (!(text instanceof Text)) return [];
    return [...words.segment(text.data)].flatMap(({ segment, index, isWordLike }) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + segment.length);
      const lines = new Set(Array.from(range.getClientRects(), ({ top }) => top));
      // Two words to a reader, one to the dictionary.
      return isWordLike && segment !== 'もう一度' && lines.size > 1 ? [segment] : [];
    });
  });
}
