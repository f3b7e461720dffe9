/** Elements of the shown screen that reach out of the page, or hold more than they show. */
export function cutOffIn(gate: Element): string[] {
  const { clientWidth } = document.documentElement;
  return [...gate.querySelectorAll('[data-kyc-part=screen] [data-kyc-part]')]
    .filter((it) => {
      const { left, right } = it.getBoundingClientRect();
      return (
        left < 0 || right > clientWidth || it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1
      );
    })
    .map((it) => it.outerHTML);
}
