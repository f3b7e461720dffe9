/** Runs in the page: what would keep a user from reading or using the gate that is shown. */
export function troubles(): string[] {
  const gate = document.querySelector('[data-kyc-gate]');
  const bounds = gate?.getBoundingClientRect();
  if (!gate || !bounds) return ['no gate'];
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than its window');
  for (const element of gate.querySelectorAll<HTMLElement>(
    '[data-kyc-part=title], [data-kyc-part=description], [data-kyc-part=step], button, a',
  )) {
    const box = element.getBoundingClientRect();
    const name = element.textContent;
    const middle = document.elementFromPoint(box.x + box.width / 2, Math.min(box.y + box.height / 2, innerHeight - 1));
    if (box.left < bounds.left || box.right > bounds.right || box.top < bounds.top || box.bottom > bounds.bottom)
      found.push(`${name}: outside of the gate`);
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
      found.push(`${name}: wider than its place`);
    if (box.height < (element.matches('button, a') ? 24 : 10)) found.push(`${name}: too small`);
    if (box.bottom < innerHeight && middle && !element.contains(middle)) found.push(`${name}: covered`);
    const back = getComputedStyle(element).backgroundColor;
    if (
      getComputedStyle(element).color === (back === 'rgba(0, 0, 0, 0)' ? getComputedStyle(gate).backgroundColor : back)
    )
      found.push(`${name}: of its background's colour`);
  }
  const spots = [...gate.querySelectorAll('button, a')].map((element) => element.getBoundingClientRect());
  if (spots.some((box, i) => spots.slice(i + 1).some((other) => other.top < box.bottom && other.bottom > box.top)))
    found.push('buttons lie over each other');
  return found;
}
